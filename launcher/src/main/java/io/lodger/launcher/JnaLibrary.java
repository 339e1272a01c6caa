package io.lodger.launcher;

import java.nio.file.Path;

/** The native half of JNA, which lies unpacked in the distribution so that nothing is written to a temporary folder at run time. */
final class JnaLibrary {

    private JnaLibrary() {
    }

    /** Tells JNA where its library for this machine is, below the folder {@code native}. */
    static void announce(Path library) {
        var processor = System.getProperty("os.arch");
        // JNA has names of its own for folders (com.sun.jna.Platform); for the other 64-bit processors they are those of the JRE.
        var folder = "linux-" + (processor.equals("amd64") ? "x86-64" : processor);
        System.setProperty("jna.boot.library.path", library.resolve("native").resolve(folder).toString());
        System.setProperty("jna.nounpack", "true");
        System.setProperty("jna.nosys", "true");
    }
}
