package io.lodger.power.kernel;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A file of the kernel's, as in sysfs(5): a value to read, or to write in one piece. Errors name the file and what the kernel said.
 *
 * @param path where it is
 */
public record GuestFile(Path path) {

    public boolean exists() {
        return Files.exists(path);
    }

    public boolean isWritable() {
        return Files.isWritable(path);
    }

    /** Its content without white space around it; empty where there is no such file, or the kernel has nothing to say in it. */
    public String read() {
        try {
            return Files.readString(path).strip();
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * Writes a value, and returns when the kernel has done what that means.
     *
     * @throws IOException when the kernel refuses it
     */
    public void write(String value) throws IOException {
        if (!exists()) {
            throw new IOException("there is no " + path);
        }
        // Not by a channel: an interruption would close it, and with it keep what was changed from being changed back.
        try (var output = new FileOutputStream(path.toFile())) {
            output.write(value.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IOException("writing " + value + " to " + path + " failed: " + reason(e), e);
        }
    }

    /** What the kernel said, which stands alone after a write, and after the path when the file could not be opened. */
    private String reason(IOException e) {
        return e.getMessage().replaceFirst("^" + Pattern.quote(path + " ("), "").replaceFirst("\\)$", "");
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
