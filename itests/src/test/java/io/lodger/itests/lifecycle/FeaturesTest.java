package io.lodger.itests.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.lodger.itests.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.osgi.framework.Bundle;

/** Each feature together with those it stands on: all of its bundles come up. */
class FeaturesTest {

    @TempDir
    private Path folder;

    static Stream<String> features() throws IOException {
        try (var files = Files.list(Distribution.home().resolve("features"))) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("features")
    void startsEveryBundleOfTheFeature(String feature) throws IOException {
        try (var framework = new PlainFramework(folder, feature)) {
            var bundles = framework.bundles();
            assertFalse(bundles.isEmpty());
            var notActive = bundles.stream().filter(bundle -> bundle.getState() != Bundle.ACTIVE)
                    .map(Bundle::getSymbolicName).toList();
            assertEquals(List.of(), notActive);
        }
    }
}
