package io.lodger.ctl.fleet;

import io.lodger.ctl.verb.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A path with wildcards, as shells have them: {@code *}, {@code ?}, {@code [...]} and <code>{...,...}</code>. */
final class SocketPattern {
    private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

    private SocketPattern() {
    }

    /** Whether there are wildcards in it, and no file is named just like that. */
    static boolean isPattern(String text) {
        return WILDCARD.matcher(text).find() && Files.notExists(Path.of(text));
    }

    /** The sockets that match, in the order of their names. */
    static List<Path> expand(String text) throws UsageException {
        var pattern = Path.of(text).toAbsolutePath().normalize();
        var start = pattern.getRoot();
        var depth = pattern.getNameCount();
        for (var name : pattern) {
            if (WILDCARD.matcher(name.toString()).find()) {
                break;
            }
            start = start.resolve(name);
            depth--;
        }
        try (var files = Files.find(start, depth, matching(pattern, text))) {
            var sockets = files.sorted().toList();
            if (sockets.isEmpty()) {
                throw new UsageException("no socket matches " + text);
            }
            return sockets;
        } catch (IOException | UncheckedIOException e) {
            throw new UsageException("cannot look for sockets in " + start + ": " + e.getMessage());
        }
    }

    private static BiPredicate<Path, BasicFileAttributes> matching(Path pattern, String text) throws UsageException {
        try {
            var matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
            return (path, attributes) -> attributes.isOther() && matcher.matches(path);
        } catch (PatternSyntaxException e) {
            throw new UsageException(text + " is no pattern of paths: " + e.getDescription());
        }
    }
}
