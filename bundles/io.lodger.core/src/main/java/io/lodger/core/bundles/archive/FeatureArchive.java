package io.lodger.core.bundles.archive;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lodger.command.CommandException;
import io.lodger.core.bundles.store.BundleStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipFile;
import org.osgi.framework.Version;

/**
 * An archive that holds an OSGi feature (Compendium 159) as {@value #FEATURE} and the jars of its bundles beside it, each as
 * {@code ARTIFACT-VERSION.jar}. A feature that asks for more than bundles is refused, for it would be added in part only.
 */
final class FeatureArchive {

    static final String FEATURE = "feature.json";

    private static final int BUNDLES_LIMIT = 64;
    private static final Set<String> NOT_SUPPORTED = Set.of("configurations", "framework-properties", "variables", "extensions");

    private final String what;
    private final Path archive;
    private final BundleStore store;
    private final List<OfferedJar> jars = new ArrayList<>();

    FeatureArchive(String what, Path archive, BundleStore store) {
        this.what = what;
        this.archive = archive;
        this.store = store;
    }

    Offer read() throws CommandException, IOException {
        try (var zip = new ZipFile(archive.toFile())) {
            var feature = feature(zip);
            var id = id(feature.get("id"), "the feature's id");
            var names = new HashSet<>(Set.of(FEATURE));
            for (var bundle : bundles(feature)) {
                var name = jarName(bundle);
                if (!names.add(name)) {
                    throw refusal("its feature names " + name + " twice");
                }
                jars.add(jar(zip, name));
            }
            checkNothingElse(zip, names);
            return new Offer(id[0] + ":" + id[1], Version.parseVersion(osgiVersion(id[id.length - 1])), List.copyOf(jars));
        } catch (CommandException | IOException e) {
            discard();
            throw e;
        } catch (RuntimeException e) {
            // Gson has an exception for each way in which a text isn't what is looked for.
            discard();
            throw refusal("its " + FEATURE + " is no feature of OSGi Compendium 159: " + e.getMessage());
        }
    }

    private JsonObject feature(ZipFile zip) throws CommandException, IOException {
        try (var content = zip.getInputStream(zip.getEntry(FEATURE))) {
            var feature = JsonParser.parseString(new String(content.readAllBytes(), StandardCharsets.UTF_8)).getAsJsonObject();
            for (var member : NOT_SUPPORTED) {
                if (feature.has(member) && feature.getAsJsonObject(member).size() > 0) {
                    throw refusal("its feature has " + member + "; only bundles can be added");
                }
            }
            return feature;
        }
    }

    private List<JsonElement> bundles(JsonObject feature) throws CommandException {
        var bundles = feature.has("bundles") ? feature.getAsJsonArray("bundles").asList() : List.<JsonElement>of();
        if (bundles.isEmpty() || bundles.size() > BUNDLES_LIMIT) {
            throw refusal("its feature names " + bundles.size() + " bundles; from 1 to " + BUNDLES_LIMIT + " are accepted");
        }
        return bundles;
    }

    private String jarName(JsonElement bundle) throws CommandException {
        var id = id(bundle.isJsonObject() ? bundle.getAsJsonObject().get("id") : bundle, "a bundle's id");
        return id[1] + "-" + id[id.length - 1] + ".jar";
    }

    /** Group, artifact and, last, version. */
    private String[] id(JsonElement id, String whose) throws CommandException {
        var parts = id == null ? new String[0] : id.getAsString().split(":", -1);
        if (parts.length < 3 || List.of(parts).contains("")) {
            throw refusal("its " + FEATURE + " must give " + whose + " as GROUP:ARTIFACT:VERSION");
        }
        return parts;
    }

    /** Maven's {@code 1.2.0-rc1} as OSGi's {@code 1.2.0.rc1}. */
    private static String osgiVersion(String version) {
        return version.replaceFirst("-", ".");
    }

    private OfferedJar jar(ZipFile zip, String name) throws CommandException, IOException {
        var entry = zip.getEntry(name);
        if (entry == null) {
            throw refusal("its feature names a bundle whose jar " + name + " is not in it");
        }
        try (var content = zip.getInputStream(entry)) {
            var file = store.stage(content, Offer.SIZE_LIMIT).orElseThrow(() -> refusal(name + " in it is larger than "
                    + (Offer.SIZE_LIMIT >> 20) + " MiB"));
            try {
                var jar = OfferedJar.of(name + " in " + what, file);
                if (jars.stream().anyMatch(other -> other.symbolicName().equals(jar.symbolicName()))) {
                    throw refusal("it holds the bundle " + jar.symbolicName() + " twice");
                }
                return jar;
            } catch (CommandException | IOException | RuntimeException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        }
    }

    private void checkNothingElse(ZipFile zip, Set<String> known) throws CommandException {
        var others = zip.stream().map(entry -> entry.getName()).filter(name -> !known.contains(name)).toList();
        if (!others.isEmpty()) {
            throw refusal("it holds " + others.get(0) + ", which its feature doesn't name");
        }
    }

    private void discard() throws IOException {
        for (var jar : jars) {
            Files.deleteIfExists(jar.file());
        }
    }

    private CommandException refusal(String why) {
        return new CommandException(what + " is refused: " + why);
    }
}
