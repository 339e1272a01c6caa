package io.lodger.launcher.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that is shipped says what is true. */
class ShippedConfigurationTest {

    private static final Path SHIPPED = Path.of("src/main/distribution/etc/lodger.conf");

    @Test
    void showsEveryKey() throws Exception {
        var shown = Files.readAllLines(SHIPPED).stream()
                .takeWhile(line -> !line.startsWith("#[channel"))
                .filter(line -> line.matches("#[a-z-]+=.*"))
                .map(line -> line.substring(1, line.indexOf('=')))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(new TreeSet<>(Key.names()), shown);
    }

    @Test
    void showsTheDefaults(@TempDir Path scratch) throws Exception {
        var text = new StringBuilder();
        var example = false;
        for (var line : Files.readAllLines(SHIPPED)) {
            if (line.startsWith("# ")) {
                example = line.endsWith("An example:");
            } else if (!example) {
                text.append(line.startsWith("#") ? line.substring(1) : line).append('\n');
            }
        }
        var file = Files.writeString(scratch.resolve("lodger.conf"), text);
        var nothing = Map.of("QGA_CONF", "");
        var shown = LaunchConfiguration.of(Options.parse("-c", file.toString()), nothing);
        assertEquals(LaunchConfiguration.of(Options.parse(), nothing).settings().dump(), shown.settings().dump());
    }
}
