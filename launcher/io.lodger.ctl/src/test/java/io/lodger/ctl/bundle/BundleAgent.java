package io.lodger.ctl.bundle;

import com.google.gson.JsonObject;
import io.lodger.ctl.ScriptedPeer.Connection;
import io.lodger.ctl.ScriptedPeer.Script;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An agent, as far as its bundle commands go: it takes uploads and remembers what it was asked. */
final class BundleAgent implements Script {
    static final int CHUNK = 1000;

    private final ByteArrayOutputStream upload = new ByteArrayOutputStream();
    private final List<String> asked = new ArrayList<>();
    private final String refusal;
    private int chunksToHangUp;

    BundleAgent() {
        this(null, 0);
    }

    /** @param refusal what it says to an install, or null; @param chunksToHangUp after how many chunks a connection ends, or 0 */
    BundleAgent(String refusal, int chunksToHangUp) {
        this.refusal = refusal;
        this.chunksToHangUp = chunksToHangUp;
    }

    synchronized byte[] uploaded() {
        return upload.toByteArray();
    }

    synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void play(Connection connection) throws IOException {
        try {
            connection.synchronise();
            while (true) {
                var request = connection.request();
                var name = request.get("execute").getAsString();
                var reply = answer(name, request.getAsJsonObject("arguments"));
                if (reply == null) {
                    return;
                }
                connection.send("{" + reply + ", \"id\": " + request.get("id") + "}\n");
            }
        } catch (EOFException e) {
            return;
        }
    }

    private synchronized String answer(String name, JsonObject arguments) {
        asked.add(name);
        return switch (name) {
            case "lodger-bundle-list" -> "\"return\": {\"require-signature\": true, \"safe-mode\": false, \"bundles\": ["
                + facts("1.0.0") + "]}";
            case "lodger-bundle-upload-begin" -> "\"return\": {\"upload\": \"u1\", \"received\": " + upload.size()
                + ", \"chunk-size\": " + CHUNK + "}";
            case "lodger-bundle-upload-write" -> write(arguments);
            case "lodger-bundle-update" -> refusal == null ? "\"return\": [" + facts("1.1.0") + "]"
                : "\"error\": {\"class\": \"GenericError\", \"desc\": \"" + refusal + "\"}";
            case "lodger-bundle-rollback" -> "\"return\": " + facts("0.9.0");
            case "lodger-bundle-uninstall" -> "\"return\": {}";
            default -> "\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"The command " + name + " has not been found\"}";
        };
    }

    private String write(JsonObject arguments) {
        if (chunksToHangUp > 0 && --chunksToHangUp == 0) {
            return null;
        }
        if (arguments.get("offset").getAsInt() != upload.size() || !arguments.get("upload").getAsString().equals("u1")) {
            return "\"error\": {\"class\": \"GenericError\", \"desc\": \"not what comes next\"}";
        }
        upload.writeBytes(Base64.getDecoder().decode(arguments.get("buf-b64").getAsString()));
        return "\"return\": {\"received\": " + upload.size() + "}";
    }

    private static String facts(String version) {
        return "{\"symbolic-name\": \"com.example.hello\", \"version\": \"" + version + "\", \"state\": \"active\", \"origin\": \"added\", "
            + "\"commands\": [\"example-greet\"], \"signer\": \"CN=Ada\"}";
    }
}
