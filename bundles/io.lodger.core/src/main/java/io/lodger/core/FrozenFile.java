package io.lodger.core;

import io.lodger.command.FrozenState;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The frozen state, kept as the empty file {@code qga.state.isfrozen} (mode 0600) in the state directory, where qemu-ga keeps it:
 * an agent that takes over from qemu-ga in a frozen guest knows, and the other way round.
 */
public final class FrozenFile implements FrozenState {

    private final Path marker;
    private volatile boolean frozen;

    public FrozenFile(Path stateDirectory) {
        marker = stateDirectory.resolve("qga.state.isfrozen");
        frozen = Files.exists(marker);
    }

    @Override
    public boolean isFrozen() {
        return frozen;
    }

    @Override
    public synchronized void freeze() throws IOException {
        Files.createDirectories(marker.getParent());
        try {
            Files.createFile(marker, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            // Left by an agent that was frozen before; it says what is to be said.
        }
        frozen = true;
    }

    @Override
    public synchronized void thaw() throws IOException {
        Files.deleteIfExists(marker);
        frozen = false;
    }
}
