package io.lodger.launcher;

import io.lodger.posix.Daemon;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Becoming a daemon. A JVM can't fork, so this process starts itself a second time as its child, and stays until the child has
 * opened its channels or failed.
 */
final class Daemonization {

    /** The system property that tells the child what it is. */
    private static final String CHILD = "lodger.daemon";
    /** What the child writes to its standard output once its channels are open. */
    private static final int OPEN = '+';
    private static final int PRIVATE = 0077;

    private Daemonization() {
    }

    static boolean isChild() {
        return Boolean.getBoolean(CHILD);
    }

    /** Starts the child and waits for it. Returns the exit status of this process. */
    static int startChild() throws IOException, InterruptedException {
        var child = new ProcessBuilder(commandLine())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (child.getInputStream().read() == OPEN) {
            return 0;
        }
        child.waitFor();
        return 1;
    }

    /** This process's command line, proc(5), with the property added. */
    private static List<String> commandLine() throws IOException {
        var self = Path.of("/proc/self");
        var words = new String(Files.readAllBytes(self.resolve("cmdline")), StandardCharsets.UTF_8).split("\0", -1);
        var line = new ArrayList<String>();
        line.add(Files.readSymbolicLink(self.resolve("exe")).toString());
        line.add("-D" + CHILD + "=true");
        // The last word's NUL ends the line too.
        line.addAll(List.of(words).subList(1, words.length - 1));
        return line;
    }

    /** The child's first steps: what it opens and makes from here on is its own. */
    static void leaveParent() throws IOException {
        Daemon.umask(PRIVATE);
        Daemon.setsid();
        Daemon.chdir("/");
    }

    /** The child's last step: its channels are open. */
    static void releaseParent() throws IOException {
        try (var parent = new FileOutputStream(FileDescriptor.out)) {
            parent.write(OPEN);
            parent.flush();
            Daemon.nullStandardStreams();
        }
    }
}
