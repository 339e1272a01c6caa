package io.lodger.core.bundles.store;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Version;

/** The index as it is on the disk: a JSON object with the number of its format and the additions in the order in which they came. */
final class IndexFormat {

    private static final int FORMAT = 1;

    private IndexFormat() {
    }

    static byte[] write(List<Addition> additions) {
        var index = new JsonObject();
        index.addProperty("format", FORMAT);
        var list = new JsonArray();
        additions.forEach(addition -> list.add(tree(addition)));
        index.add("added", list);
        return new GsonBuilder().setPrettyPrinting().create().toJson(index).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads an index.
     *
     * @throws IllegalArgumentException when it is damaged, or of a later format
     */
    static List<Addition> read(byte[] content) {
        try {
            var index = JsonParser.parseString(new String(content, StandardCharsets.UTF_8)).getAsJsonObject();
            int format = index.get("format").getAsInt();
            if (format != FORMAT) {
                throw new IllegalArgumentException("it is of format " + format + ", this agent knows format " + FORMAT);
            }
            return index.getAsJsonArray("added").asList().stream().map(JsonElement::getAsJsonObject).map(IndexFormat::addition).toList();
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            // Gson has an exception for each way in which a text isn't what is looked for.
            throw new IllegalArgumentException("it is damaged: " + e.getMessage(), e);
        }
    }

    private static JsonObject tree(Addition addition) {
        var tree = new JsonObject();
        tree.addProperty("name", addition.name());
        tree.addProperty("version", addition.version().toString());
        var bundles = new JsonArray();
        addition.bundles().forEach(bundle -> bundles.add(tree(bundle)));
        tree.add("bundles", bundles);
        addition.signer().ifPresent(signer -> tree.addProperty("signer", signer));
        tree.addProperty("added-at", addition.addedAt().toString());
        tree.addProperty("added-by", addition.addedBy());
        tree.addProperty("started", addition.started());
        addition.previous().ifPresent(previous -> tree.add("previous", tree(previous)));
        return tree;
    }

    private static JsonObject tree(StoredBundle bundle) {
        var tree = new JsonObject();
        tree.addProperty("symbolic-name", bundle.symbolicName());
        tree.addProperty("version", bundle.version().toString());
        tree.addProperty("sha256", bundle.sha256());
        return tree;
    }

    private static Addition addition(JsonObject tree) {
        return new Addition(
                tree.get("name").getAsString(),
                Version.parseVersion(tree.get("version").getAsString()),
                tree.getAsJsonArray("bundles").asList().stream().map(JsonElement::getAsJsonObject).map(IndexFormat::bundle).toList(),
                Optional.ofNullable(tree.get("signer")).map(JsonElement::getAsString),
                Instant.parse(tree.get("added-at").getAsString()),
                tree.get("added-by").getAsString(),
                tree.get("started").getAsBoolean(),
                Optional.ofNullable(tree.getAsJsonObject("previous")).map(IndexFormat::addition));
    }

    private static StoredBundle bundle(JsonObject tree) {
        return new StoredBundle(tree.get("symbolic-name").getAsString(), Version.parseVersion(tree.get("version").getAsString()),
                tree.get("sha256").getAsString());
    }
}
