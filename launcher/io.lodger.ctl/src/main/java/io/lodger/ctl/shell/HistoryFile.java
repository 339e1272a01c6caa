package io.lodger.ctl.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Where the shell keeps its history: {@code lodger/lodgerctl-history} in the state directory of the XDG Base Directory Specification. */
final class HistoryFile {
    private HistoryFile() {
    }

    /** The file, present and readable by its owner only; empty where none can be kept. */
    static Optional<Path> find() {
        return find(System.getenv("XDG_STATE_HOME"), System.getProperty("user.home"));
    }

    /**
     * The file for these settings.
     *
     * @param stateHome {@code XDG_STATE_HOME}; null, empty or relative is as if it were not set
     * @param home the home directory
     */
    static Optional<Path> find(String stateHome, String home) {
        var state = stateHome != null && stateHome.startsWith("/") ? Path.of(stateHome) : Path.of(home, ".local", "state");
        if (!state.isAbsolute()) {
            return Optional.empty();
        }
        var file = state.resolve("lodger").resolve("lodgerctl-history");
        try {
            Files.createDirectories(file.getParent(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            if (!Files.exists(file)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            return Files.isWritable(file) ? Optional.of(file) : Optional.empty();
        } catch (IOException e) {
            // A read-only home, or none: the shell works without a history.
            return Optional.empty();
        }
    }
}
