package io.lodger.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DaemonTest {

    @Test
    void theProcessHasLeftItsSessionItsDirectoryAndItsStreams(@TempDir Path folder) throws Exception {
        var report = folder.resolve("report");
        assertEquals(0, JavaProcess.start(Probe.class, report.toString()).waitFor());
        assertEquals(List.of("session: own", "directory: /", "0: /dev/null", "1: /dev/null", "2: /dev/null", "umask: 0077"),
                Files.readAllLines(report));
    }

    /** What the process does to itself, and what the kernel says of it then. */
    static final class Probe {

        public static void main(String[] arguments) throws IOException {
            Daemon.umask(077);
            Daemon.setsid();
            Daemon.chdir("/");
            Daemon.nullStandardStreams();
            var self = Path.of("/proc/self");
            var stat = Files.readString(self.resolve("stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            var umask = Files.readAllLines(self.resolve("status")).stream().filter(line -> line.startsWith("Umask")).findFirst();
            Files.write(Path.of(arguments[0]), List.of(
                    "session: " + (Long.parseLong(fields[3]) == ProcessHandle.current().pid() ? "own" : fields[3]),
                    "directory: " + Files.readSymbolicLink(self.resolve("cwd")),
                    "0: " + Files.readSymbolicLink(self.resolve("fd/0")),
                    "1: " + Files.readSymbolicLink(self.resolve("fd/1")),
                    "2: " + Files.readSymbolicLink(self.resolve("fd/2")),
                    "umask: " + umask.orElseThrow().split("\\s+")[1]));
        }
    }
}
