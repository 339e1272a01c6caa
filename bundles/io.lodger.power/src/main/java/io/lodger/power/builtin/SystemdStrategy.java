package io.lodger.power.builtin;

import io.lodger.power.program.Ended;
import io.lodger.power.program.Program;
import io.lodger.power.program.ProgramPath;
import io.lodger.power.kernel.Polling;
import io.lodger.power.kernel.SleepWitness;
import io.lodger.power.strategy.SuspendStrategy;
import io.lodger.power.strategy.SuspendTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Asks systemd, systemctl(1). {@code systemctl suspend} and its siblings only ask: they return before the machine sleeps, and what
 * becomes of it has to be read from the service that does it.
 */
public final class SystemdStrategy implements SuspendStrategy {

    private static final String PROGRAM = "systemctl";

    /** The exit status of {@code systemctl status} for a unit that exists: 3 when it isn't active, 4 when there is none. */
    private static final int LAST_STATUS_OF_A_UNIT = 3;

    /** So long others may delay a sleep (InhibitDelayMaxSec= of logind.conf(5) is 5 s unless configured), and some more. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);
    private static final Duration LOOK_PERIOD = Duration.ofMillis(500);

    private final Path booted;
    private final MachineSupport machine;
    private final ProgramPath path;
    private final SleepWitness witness;
    private final Duration startPatience;

    public SystemdStrategy() {
        this(Path.of("/"), ProgramPath.ofEnvironment(), SleepWitness.ofMachine(), START_PATIENCE);
    }

    /** The strategy of the guest whose files are below this root. */
    public SystemdStrategy(Path root, ProgramPath path, SleepWitness witness, Duration startPatience) {
        booted = root.resolve("run/systemd/system");
        machine = new MachineSupport(root);
        this.path = path;
        this.witness = witness;
        this.startPatience = startPatience;
    }

    @Override
    public String name() {
        return "systemd";
    }

    @Override
    public Optional<String> obstacle(SuspendTarget target) throws IOException, InterruptedException {
        // sd_booted(3)
        if (!Files.isDirectory(booted)) {
            return Optional.of("systemd does not run here: there is no " + booted);
        }
        if (path.find(PROGRAM).isEmpty()) {
            return Optional.of("there is no " + PROGRAM + " on the PATH");
        }
        var status = run(Deadlines.PROBE, "status", unit(target));
        return status.status() <= LAST_STATUS_OF_A_UNIT ? machine.obstacle(target)
                : Optional.of("there is no unit " + unit(target) + ", or it can't be asked for: " + status.failure());
    }

    @Override
    public void suspend(SuspendTarget target) throws IOException, InterruptedException {
        var request = new Request(target);
        try {
            request.fulfil();
        } catch (InterruptedException e) {
            request.takeBack();
            throw e;
        }
    }

    /** What systemd was asked for, which it goes on with though nobody waits any more. */
    private final class Request {

        private final SuspendTarget target;
        private final SleepWitness.Reading before;
        private final String invocationBefore;
        private boolean started;

        Request(SuspendTarget target) throws IOException, InterruptedException {
            this.target = target;
            before = witness.read();
            invocationBefore = look(target).invocation();
        }

        /** Asks, and waits until the machine has slept or the service has ended. */
        void fulfil() throws IOException, InterruptedException {
            var ended = run(Deadlines.SUSPEND, verb(target));
            if (ended.status() != 0) {
                throw new IOException(ended.failure());
            }
            long asked = System.nanoTime();
            while (witness.await(before, LOOK_PERIOD).isEmpty()) {
                var now = look(target);
                if (now.failed() && !now.invocation().equals(invocationBefore)) {
                    throw new IOException(unit(target) + " failed with the result " + now.result() + "; its journal says more");
                }
                if (started && !now.runs()) {
                    return;
                }
                started |= now.runs();
                var patience = started ? Deadlines.SUSPEND : startPatience;
                if (System.nanoTime() - asked > patience.toNanos()) {
                    // Or the machine would sleep once more, after the next strategy.
                    takeBack();
                    throw new IOException(unit(target) + (started ? " still runs" : " was not started") + " " + patience.toSeconds()
                            + " s after systemd had agreed; perhaps it is inhibited (systemd-inhibit --list)");
                }
            }
        }

        /** Ends the service with its hooks; it may have to be waited for, because others delay it. */
        void takeBack() throws IOException, InterruptedException {
            long limit = System.nanoTime() + startPatience.toNanos();
            while (witness.since(before).isEmpty() && System.nanoTime() < limit) {
                if (look(target).runs()) {
                    started = true;
                    // Not stop: systemd lets no other job take the place of one that suspends.
                    run(Deadlines.PROBE, "kill", unit(target));
                } else if (started) {
                    return;
                }
                Polling.pause(Polling.PERIOD_NANOS);
            }
        }
    }

    /** What systemctl shows of the service that suspends. */
    private record Unit(String invocation, String state, String result) {

        boolean failed() {
            return state.equals("failed");
        }

        boolean runs() {
            return state.equals("activating") || state.equals("active");
        }
    }

    private Unit look(SuspendTarget target) throws IOException, InterruptedException {
        var shown = run(Deadlines.PROBE, "show", "--property=InvocationID,ActiveState,Result", unit(target)).output();
        return new Unit(property(shown, "InvocationID"), property(shown, "ActiveState"), property(shown, "Result"));
    }

    private static String property(String shown, String name) {
        var line = Pattern.compile("^" + name + "=(.*)$", Pattern.MULTILINE).matcher(shown);
        return line.find() ? line.group(1) : "";
    }

    private Ended run(Duration deadline, String... arguments) throws IOException, InterruptedException {
        var program = path.find(PROGRAM).orElseThrow(() -> new IOException("there is no " + PROGRAM + " on the PATH any more"));
        return new Program(program, deadline).run(arguments);
    }

    private static String verb(SuspendTarget target) {
        return switch (target) {
            case MEM -> "suspend";
            case DISK -> "hibernate";
            case HYBRID -> "hybrid-sleep";
        };
    }

    private static String unit(SuspendTarget target) {
        return "systemd-" + verb(target) + ".service";
    }
}
