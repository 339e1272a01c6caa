package io.lodger.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In a PID namespace, where the kernel kills the namespace's init instead of ending the machine. */
class RebootTest {

    private static final List<String> NAMESPACE = List.of("unshare", "--pid", "--fork", "--kill-child", "--mount-proc");

    @ParameterizedTest
    @CsvSource({"RESTART, HUP", "HALT, INT", "POWER_OFF, INT"})
    void theKernelIsAskedForTheRightEnd(String action, String signal) throws Exception {
        assumeTrue(run("true").waitFor() == 0, "no right to make PID namespaces here");
        var outside = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
        // unshare ends by the signal that ended its child; the shell tells it as 128 and the signal's number.
        var process = run(System.getProperty("java.home") + "/bin/java", "-cp", System.getProperty("java.class.path"),
                Probe.class.getName(), outside, action);
        var told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        assertEquals(128 + (signal.equals("HUP") ? 1 : 2), status, told);
    }

    @Test
    void withoutTheRightItIsRefused() throws Exception {
        assumeTrue(run("setpriv", "--bounding-set", "-sys_boot", "--inh-caps", "-sys_boot", "true").waitFor() == 0,
                "no right to make PID namespaces here");
        var process = run("setpriv", "--bounding-set", "-sys_boot", "--inh-caps", "-sys_boot",
                System.getProperty("java.home") + "/bin/java", "-cp", System.getProperty("java.class.path"), Probe.class.getName(),
                Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString(), "RESTART");
        var told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(told.contains("reboot: Operation not permitted"), told);
    }

    @Test
    void everythingIsWritten() {
        Reboot.sync();
    }

    private static Process run(String... program) throws Exception {
        var command = new ArrayList<>(NAMESPACE);
        command.addAll(List.of(program));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    /** Ends its namespace; makes sure before that it is in one. */
    static final class Probe {

        public static void main(String[] arguments) throws Exception {
            var here = Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString();
            if (here.equals(arguments[0]) || ProcessHandle.current().pid() != 1) {
                throw new IllegalStateException("not in a PID namespace of its own");
            }
            Reboot.now(Reboot.Action.valueOf(arguments[1]));
        }
    }
}
