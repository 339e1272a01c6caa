package io.lodger.launcher.framework;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.lodger.launcher.configuration.ConfigurationException;
import io.lodger.launcher.configuration.NearestName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The features of the distribution, one file each in the format of OSGi Compendium 159. Besides bundles a feature may name other
 * features, in a JSON extension of the name {@value #EXTENSION}; those are started before its own bundles.
 */
public final class Features {

    private static final String EXTENSION = "io.lodger.features";
    private static final String SUFFIX = ".json";

    private final Path folder;

    public Features(Path folder) {
        this.folder = folder;
    }

    /** Makes sure that there are features of these names. */
    public void require(List<String> names) throws ConfigurationException {
        for (var name : names) {
            if (!Files.exists(file(name))) {
                throw new ConfigurationException("there is no feature '" + name + "'" + NearestName.hint(name, available()));
            }
        }
    }

    private List<String> available() throws ConfigurationException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ConfigurationException("the features of the distribution can't be read: " + e);
        }
    }

    private Path file(String name) {
        return folder.resolve(name + SUFFIX);
    }

    /** The file names of the jars of all bundles of these features and those they name, in the order to start them in. */
    public Set<String> jars(List<String> names) throws IOException {
        var jars = new LinkedHashSet<String>();
        collect(names, new LinkedHashSet<>(), jars);
        return jars;
    }

    private void collect(List<String> names, Set<String> seen, Set<String> jars) throws IOException {
        for (var name : names) {
            if (seen.add(name)) {
                var feature = read(name);
                collect(named(feature), seen, jars);
                for (var bundle : list(feature, "bundles")) {
                    jars.add(jar(bundle.isJsonObject() ? bundle.getAsJsonObject().get("id").getAsString() : bundle.getAsString()));
                }
            }
        }
    }

    private JsonObject read(String name) throws IOException {
        try (var reader = Files.newBufferedReader(file(name))) {
            return JsonParser.parseReader(reader).getAsJsonObject();
        } catch (JsonParseException | IllegalStateException e) {
            throw new IOException("feature " + file(name) + " is no JSON object: " + e.getMessage(), e);
        }
    }

    private static List<String> named(JsonObject feature) {
        var extensions = feature.getAsJsonObject("extensions");
        var extension = extensions == null ? null : extensions.getAsJsonObject(EXTENSION);
        return extension == null ? List.of() : list(extension, "json").stream().map(JsonElement::getAsString).toList();
    }

    private static List<JsonElement> list(JsonObject object, String member) {
        return object.has(member) ? object.getAsJsonArray(member).asList() : List.of();
    }

    /** The name of a Maven artifact's file, as its repository and the distribution have it: {@code g:a:v} is {@code a-v.jar}. */
    private static String jar(String id) {
        var parts = id.split(":");
        return parts[1] + "-" + parts[parts.length - 1] + ".jar";
    }
}
