package io.lodger.core.bundles.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, by which jars, uploads and certificates are known. In lower-case hexadecimal. */
public final class Sha256 {

    private static final int WINDOW = 64 << 10;

    private Sha256() {
    }

    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    public static String of(Path file) throws IOException {
        var digest = digest();
        try (InputStream content = Files.newInputStream(file)) {
            var window = new byte[WINDOW];
            for (int count = content.read(window); count >= 0; count = content.read(window)) {
                digest.update(window, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
