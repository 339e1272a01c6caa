package io.lodger.power.builtin;

import io.lodger.power.kernel.GuestFile;
import io.lodger.power.program.Program;
import io.lodger.power.program.ProgramPath;
import io.lodger.power.strategy.SuspendStrategy;
import io.lodger.power.strategy.SuspendTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Runs the programs of pm-utils, pm-is-supported(1) and pm-action(8), which run the distribution's hooks around the sleep. */
public final class PmUtilsStrategy implements SuspendStrategy {

    private static final String PROBE = "pm-is-supported";

    private final MachineSupport machine;
    private final GuestFile log;
    private final ProgramPath path;
    private final Duration probeDeadline;

    public PmUtilsStrategy() {
        this(Path.of("/"), ProgramPath.ofEnvironment(), Deadlines.PROBE);
    }

    /** The strategy of the guest whose files are below this root. */
    public PmUtilsStrategy(Path root, ProgramPath path, Duration probeDeadline) {
        machine = new MachineSupport(root);
        log = new GuestFile(root.resolve("var/log/pm-suspend.log"));
        this.path = path;
        this.probeDeadline = probeDeadline;
    }

    @Override
    public String name() {
        return "pm-utils";
    }

    @Override
    public Optional<String> obstacle(SuspendTarget target) throws IOException, InterruptedException {
        for (var program : new String[] {PROBE, program(target)}) {
            if (path.find(program).isEmpty()) {
                return Optional.of("there is no " + program + " on the PATH");
            }
        }
        var ended = new Program(find(PROBE), probeDeadline).run(option(target));
        return switch (ended.status()) {
            case 0 -> machine.obstacle(target);
            case 1 -> machine.obstacle(target).or(() -> Optional.of(PROBE + " " + option(target) + " says no"));
            default -> Optional.of(ended.failure());
        };
    }

    @Override
    public void suspend(SuspendTarget target) throws IOException, InterruptedException {
        var ended = new Program(find(program(target)), Deadlines.SUSPEND).run();
        if (ended.status() != 0) {
            // What its hooks print goes there.
            throw new IOException(ended.failure() + (log.exists() ? "; " + log + " says more" : ""));
        }
    }

    private Path find(String program) throws IOException {
        return path.find(program).orElseThrow(() -> new IOException("there is no " + program + " on the PATH any more"));
    }

    private static String option(SuspendTarget target) {
        return switch (target) {
            case MEM -> "--suspend";
            case DISK -> "--hibernate";
            case HYBRID -> "--suspend-hybrid";
        };
    }

    private static String program(SuspendTarget target) {
        return "pm-" + option(target).substring(2);
    }
}
