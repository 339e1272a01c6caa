package io.lodger.core.bundles.archive;

import io.lodger.command.CommandException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/**
 * Looks whether a zip file is what it seems, before anything else opens it: bounded in every respect, with names that stay inside, and
 * the same whether it is read from its directory at the end (as {@code JarFile} and the framework do) or from its beginning (as
 * {@code JarInputStream} does).
 */
final class ZipCheck {

    private static final int ENTRIES_LIMIT = 20_000;
    private static final int NAME_LIMIT = 1024;
    private static final long CONTENT_LIMIT = 256L << 20;
    /** Deflate reaches 1000 to 1 with nothing but zeros; classes and texts don't come near this. */
    private static final int RATIO_LIMIT = 200;
    /** Small entries may be as empty as they like. */
    private static final long RATIO_COUNTS_FROM = 1L << 20;

    private final String what;
    private final Path file;
    private long contentBytes;

    private ZipCheck(String what, Path file) {
        this.what = what;
        this.file = file;
    }

    /** Looks at a file that the messages call by this name. */
    static void check(String what, Path file) throws CommandException, IOException {
        try {
            new ZipCheck(what, file).check();
        } catch (ZipException | IllegalArgumentException e) {
            // IllegalArgumentException: a name that is no UTF-8.
            throw new CommandException(what + " is no bundle: it is no zip file that can be read (" + e.getMessage() + ")");
        }
    }

    private void check() throws CommandException, IOException {
        try (var directory = new ZipFile(file.toFile()); var stream = new ZipInputStream(Files.newInputStream(file))) {
            if (directory.size() > ENTRIES_LIMIT) {
                throw refusal("has " + directory.size() + " entries; more than " + ENTRIES_LIMIT + " are not accepted");
            }
            var names = new HashSet<String>();
            for (var entries = directory.entries(); entries.hasMoreElements();) {
                var entry = entries.nextElement();
                checkName(entry.getName());
                if (!names.add(entry.getName().toLowerCase(Locale.ROOT))) {
                    throw refusal("has the entry " + entry.getName() + " twice");
                }
                var inStream = stream.getNextEntry();
                if (inStream == null || !inStream.getName().equals(entry.getName())
                        || fingerprint(entry, stream) != fingerprint(entry, directory.getInputStream(entry))) {
                    throw refusal("is not the same when it is read from its beginning and from its directory at the end; entry "
                            + entry.getName());
                }
            }
            if (stream.getNextEntry() != null) {
                throw refusal("has entries that its directory doesn't name");
            }
        }
    }

    private void checkName(String name) throws CommandException {
        if (name.length() > NAME_LIMIT) {
            throw refusal("has an entry with a name of more than " + NAME_LIMIT + " characters");
        }
        if (name.startsWith("/") || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0 || name.isEmpty()) {
            throw refusal("has the entry '" + name + "', which is no relative path");
        }
        for (var part : name.split("/")) {
            if (part.equals("..") || part.equals(".")) {
                throw refusal("has the entry '" + name + "', which leads out of it");
            }
        }
    }

    /** Reads an entry, within the limits, and gives its length and checksum as one number. */
    private long fingerprint(ZipEntry entry, InputStream content) throws CommandException, IOException {
        var window = new byte[16 << 10];
        var checksum = new CRC32();
        long size = 0;
        for (int count = content.read(window); count >= 0; count = content.read(window)) {
            checksum.update(window, 0, count);
            size += count;
            contentBytes += count;
            // Each entry is read twice.
            if (contentBytes > 2 * CONTENT_LIMIT) {
                throw refusal("unpacks to more than " + (CONTENT_LIMIT >> 20) + " MiB");
            }
            if (size > RATIO_COUNTS_FROM && entry.getCompressedSize() >= 0 && size / RATIO_LIMIT > entry.getCompressedSize()) {
                throw refusal("has the entry " + entry.getName() + ", which unpacks to more than " + RATIO_LIMIT + " times its size");
            }
        }
        if (entry.isDirectory() && size > 0) {
            throw refusal("has the folder " + entry.getName() + " with content");
        }
        return size << 32 | checksum.getValue();
    }

    private CommandException refusal(String why) {
        return new CommandException(what + " is refused: it " + why);
    }
}
