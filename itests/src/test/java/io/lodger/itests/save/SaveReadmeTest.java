package io.lodger.itests.save;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.lodger.itests.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the save bundle's README, asked in their order. */
class SaveReadmeTest {

    private static final int EXAMPLES = 13;

    /** A request and the reply to it, which goes on to the next request or the end of the block. */
    private static final Pattern EXAMPLE = Pattern.compile("(?m)^(\\{\"execute\".*)\\n((?:(?!\\{\"execute\"|```).*\\n)+)");
    private static final Pattern JOB = Pattern.compile("\"return\": \\{\"job\": \"([^\"]*)\"\\}");

    @TempDir
    private Path folder;

    @Test
    void theExamplesAreReal() throws Exception {
        var readme = Files.readString(Distribution.checkout().resolve("bundles/io.lodger.save/README.md"));
        var names = new LinkedHashMap<String, String>();
        names.put("/srv/app", folder.resolve("target").toString());
        names.put("/srv/copy", folder.resolve("copy").toString());
        names.put("/var/tmp/app.image", folder.resolve("app.image").toString());
        try (var agent = new SavingAgent(folder)) {
            agent.addEngine();
            var examples = EXAMPLE.matcher(readme).results().toList();
            assertEquals(EXAMPLES, examples.size());
            for (var example : examples) {
                check(agent, example.group(1), example.group(2), names);
            }
        }
    }

    private static void check(SavingAgent agent, String request, String expected, Map<String, String> names) throws IOException {
        var reply = agent.raw(replaced(request, names, false));
        var told = JOB.matcher(expected);
        var given = JOB.matcher(reply);
        if (told.find() && given.find()) {
            names.put(told.group(1), given.group(1));
        }
        assertEquals(normalized(expected), normalized(replaced(reply, names, true)), request);
    }

    private static String replaced(String text, Map<String, String> names, boolean back) {
        var result = text;
        for (var name : names.entrySet()) {
            result = back ? result.replace(name.getValue(), name.getKey()) : result.replace(name.getKey(), name.getValue());
        }
        return result;
    }

    /** Without what differs from run to run, and with no engines but the vendor's: others are there or not. */
    private static JsonElement normalized(String reply) {
        var json = JsonParser.parseString(reply.replaceAll("\"(created|started-at|ended-at)\": \"[^\"]*\"", "\"$1\": \"\"")
                .replaceAll("\"size\": \\d+", "\"size\": 0")).getAsJsonObject();
        if (json.has("return") && json.get("return").isJsonArray()) {
            var vendor = json.getAsJsonArray("return").asList().stream()
                    .filter(engine -> engine.getAsJsonObject().get("name").getAsString().equals("vendor")).findFirst();
            return vendor.orElseThrow();
        }
        return json;
    }
}
