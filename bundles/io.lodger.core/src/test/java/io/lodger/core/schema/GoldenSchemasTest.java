package io.lodger.core.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lodger.core.bundles.ManagedAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Version;

/**
 * The wire contract of the core's own commands is what {@code schema/<command>.json} holds. With the system property
 * {@code lodger.schema.write} the files are written instead, if they are new or the bundle's version is higher than when they were
 * written last, as the testkit does for other bundles, which itself needs the core.
 */
class GoldenSchemasTest {

    private static final Gson PRETTY = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
    private static final String VERSION = "bundle-version";

    @TempDir
    Path folder;

    @Test
    void theWireContractOfTheBuiltInCommandsIsWhatItWas() throws Exception {
        var changed = new TreeMap<String, String>();
        try (var agent = ManagedAgent.start(folder)) {
            var all = JsonParser.parseString(agent.ask("lodger-describe", "")).getAsJsonObject().getAsJsonArray("return");
            assertTrue(all.size() >= 21, all.size() + " commands");
            for (var command : all) {
                check(command.getAsJsonObject(), changed);
            }
        }
        assertEquals(new TreeMap<>(), changed, "If that is meant: raise the bundle's version (major for what breaks hosts, else minor), "
                + "and write the files with -Dlodger.schema.write");
    }

    private static void check(JsonObject now, TreeMap<String, String> changed) throws IOException {
        var file = Path.of("schema", now.get("name").getAsString() + ".json");
        now.addProperty(VERSION, version().toString());
        var golden = Files.exists(file) ? JsonParser.parseString(Files.readString(file)).getAsJsonObject() : new JsonObject();
        var writtenFor = Version.parseVersion(golden.has(VERSION) ? golden.remove(VERSION).getAsString() : null);
        var contract = now.deepCopy();
        contract.remove(VERSION);
        if (contract.toString().equals(golden.toString())) {
            return;
        }
        if (Boolean.getBoolean("lodger.schema.write") && version().compareTo(writtenFor) > 0) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, PRETTY.toJson(now) + "\n");
        } else {
            changed.put(file.toString(), PRETTY.toJson(now));
        }
    }

    /** The version of the bundle being built, without its qualifier. */
    private static Version version() throws IOException {
        try (var manifest = Files.newInputStream(Path.of("target/classes/META-INF/MANIFEST.MF"))) {
            var version = Version.parseVersion(new Manifest(manifest).getMainAttributes().getValue("Bundle-Version"));
            return new Version(version.getMajor(), version.getMinor(), version.getMicro());
        }
    }
}
