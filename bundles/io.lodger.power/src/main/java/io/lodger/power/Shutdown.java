package io.lodger.power;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.posix.Reboot;
import io.lodger.power.program.Program;
import io.lodger.power.program.ProgramPath;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

@Component
@GuestCommand(name = "guest-shutdown", respondsOnSuccess = false, cancelledBySync = false)
@Doc("Powers the guest down, halts or reboots it. Sends no reply unless it fails.")
public class Shutdown implements Command<Shutdown.Request, Void> {

    /** To ask the init system; it ends the machine in its own time. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final ProgramPath path;
    private final Kernel kernel;
    private final Duration deadline;

    /** What is wanted. */
    public record Request(@Doc("powerdown, halt or reboot; powerdown unless given.") Optional<String> mode) {

        public Request {
            if (mode.isPresent() && Arrays.stream(Mode.values()).noneMatch(known -> known.wireName().equals(mode.get()))) {
                // QEMU's schema has a string here, and qemu-ga these words.
                throw new IllegalArgumentException("mode is invalid (valid values are: halt|powerdown|reboot");
            }
        }
    }

    /** The modes: the option of shutdown(8), the verb of systemctl(1) as well as the program of that name, and the kernel's action. */
    private enum Mode {
        POWERDOWN("-P", "poweroff", Reboot.Action.POWER_OFF),
        HALT("-H", "halt", Reboot.Action.HALT),
        REBOOT("-r", "reboot", Reboot.Action.RESTART);

        private final String option;
        private final String verb;
        private final Reboot.Action action;

        Mode(String option, String verb, Reboot.Action action) {
            this.option = option;
            this.verb = verb;
            this.action = action;
        }

        private String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The programs with their arguments, in the order in which they are tried; hypervisors' logs know the sentence. */
        private List<String[]> programs() {
            return List.of(new String[] {"shutdown", "-h", option, "+0", "hypervisor initiated shutdown"},
                    new String[] {"systemctl", verb}, new String[] {verb});
        }
    }

    /** Ends the machine when no program does. */
    @FunctionalInterface
    interface Kernel {

        /** Writes what is to be written, and ends the machine. */
        void end(Reboot.Action action) throws IOException;
    }

    @Activate
    public Shutdown() {
        this(ProgramPath.ofEnvironment(), Shutdown::syncAndEnd, DEADLINE);
    }

    Shutdown(ProgramPath path, Kernel kernel, Duration deadline) {
        this.path = path;
        this.kernel = kernel;
        this.deadline = deadline;
    }

    private static void syncAndEnd(Reboot.Action action) throws IOException {
        Reboot.sync();
        Reboot.now(action);
    }

    @Override
    public Void execute(Request request, CommandContext context) throws CommandException, InterruptedException {
        var mode = Mode.valueOf(request.mode().orElse("powerdown").toUpperCase(Locale.ROOT));
        var reasons = new ArrayList<String>();
        for (var program : mode.programs()) {
            var reason = run(program);
            if (reason.isEmpty()) {
                return null;
            }
            reasons.add(reason.get());
        }
        try {
            kernel.end(mode.action);
        } catch (IOException e) {
            reasons.add(e.getMessage());
            throw new CommandException("the guest can't " + mode.verb + ": " + String.join("; ", reasons));
        }
        return null;
    }

    /** Runs a program; gives the reason why that did not help. */
    private Optional<String> run(String... line) throws InterruptedException {
        Optional<Path> file = path.find(line[0]);
        if (file.isEmpty()) {
            return Optional.of("there is no " + line[0] + " on the PATH");
        }
        try {
            var ended = new Program(file.get(), deadline).run(Arrays.copyOfRange(line, 1, line.length));
            // The shutdown that it has begun may reach it, as a child of the agent, before it has ended.
            return ended.status() == 0 || ended.wasTerminated() ? Optional.empty() : Optional.of(ended.failure());
        } catch (IOException e) {
            return Optional.of(e.getMessage());
        }
    }
}
