package io.lodger.core.bundles.access;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file with one line, a JSON object, for each change of bundles that was made or refused. When it has grown to its limit it is
 * renamed to end with {@code .1}, in place of the one before, and begun anew.
 */
public final class AuditLog {

    private static final long LIMIT = 1L << 20;

    private final Path file;

    public AuditLog(Path file) {
        this.file = file;
    }

    /** Notes what became of a wish. */
    public synchronized void write(AuditEntry entry) {
        var line = entry.line();
        try {
            append(line + "\n");
        } catch (IOException e) {
            // A disk without room must not keep an operator from uninstalling what filled it.
            System.getLogger(AuditLog.class.getName()).log(System.Logger.Level.WARNING, "the audit log {0} can''t be written ({1}): {2}",
                    file, e, line);
        }
    }

    private void append(String line) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (Files.exists(file) && Files.size(file) >= LIMIT) {
            Files.move(file, file.resolveSibling(file.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.write(file, line.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
