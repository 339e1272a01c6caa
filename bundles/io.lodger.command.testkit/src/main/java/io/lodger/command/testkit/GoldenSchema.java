package io.lodger.command.testkit;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.framework.Version;

/** The file that keeps a command's wire contract, with the version of the bundle that brought it last. */
final class GoldenSchema {

    private static final String VERSION_MEMBER = "\"bundle-version\": \"";

    private final Path file;
    private final Version version;

    GoldenSchema(Path file, String version) {
        this.file = file;
        this.version = Version.parseVersion(version);
    }

    /** Compares the file with the reply in which the command describes itself. */
    void check(String reply) throws IOException {
        var description = JsonParser.parseString(reply).getAsJsonObject().getAsJsonArray("return").get(0);
        var now = withoutQualifier(new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(description) + "\n");
        if (Boolean.getBoolean("lodger.schema.write")) {
            write(now);
            return;
        }
        if (!Files.exists(file)) {
            throw new AssertionError(file + " is missing; -Dlodger.schema.write writes it");
        }
        var golden = Files.readString(file);
        if (!withoutVersion(golden).equals(withoutVersion(now))) {
            throw new AssertionError("the wire contract has changed. It was:\n" + golden + "\nand is:\n" + now
                    + "\nIf that is meant: raise the bundle's version (major for what breaks hosts, else minor), and write " + file
                    + " with -Dlodger.schema.write");
        }
    }

    private void write(String now) throws IOException {
        if (Files.exists(file)) {
            var golden = Files.readString(file);
            if (withoutVersion(golden).equals(withoutVersion(now))) {
                return;
            }
            if (version(golden).compareTo(version(now)) >= 0) {
                throw new AssertionError("the wire contract has changed since version " + version(golden)
                        + " of the bundle, and the bundle still has that version: raise it first");
            }
        }
        Files.createDirectories(file.getParent());
        Files.writeString(file, now);
    }

    private String withoutQualifier(String json) {
        var released = new Version(version.getMajor(), version.getMinor(), version.getMicro());
        return json.replace("\"" + version + "\"", "\"" + released + "\"");
    }

    private static String withoutVersion(String json) {
        return json.lines().filter(line -> !line.contains(VERSION_MEMBER)).reduce("", (a, b) -> a + b + "\n");
    }

    private static Version version(String json) {
        return json.lines().filter(line -> line.contains(VERSION_MEMBER)).findFirst()
                .map(line -> Version.parseVersion(line.split("\"")[3]))
                .orElse(Version.emptyVersion);
    }
}
