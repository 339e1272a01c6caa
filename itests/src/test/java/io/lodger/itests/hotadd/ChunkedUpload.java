package io.lodger.itests.hotadd;

import com.google.gson.JsonParser;
import io.lodger.itests.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** A file that goes over the channel in chunks. */
final class ChunkedUpload {

    private static final int CHUNK = 4096;

    private final Host host;
    private final byte[] content;
    private final String begin;
    private final String id;
    private int received;

    ChunkedUpload(Host host, Path file) throws Exception {
        this.host = host;
        content = Files.readAllBytes(file);
        var hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        begin = "{'execute': 'lodger-bundle-upload-begin', 'arguments': {'size': " + content.length + ", 'sha256': '" + hash + "'}}";
        id = BundleHost.text(JsonParser.parseString(host.ask(begin)).getAsJsonObject().getAsJsonObject("return"), "upload");
    }

    String id() {
        return id;
    }

    /** Asks anew how much is there, as a host does whose connection broke. */
    void resume() throws IOException {
        received = JsonParser.parseString(host.ask(begin)).getAsJsonObject().getAsJsonObject("return").get("received").getAsInt();
    }

    int received() {
        return received;
    }

    /** Sends the next chunk and gives the reply. */
    String next() throws IOException {
        int end = Math.min(content.length, received + CHUNK);
        var reply = host.ask("{'execute': 'lodger-bundle-upload-write', 'arguments': {'upload': '" + id + "', 'offset': " + received
                + ", 'buf-b64': '" + Base64.getEncoder().encodeToString(Arrays.copyOfRange(content, received, end)) + "'}}");
        var result = JsonParser.parseString(reply).getAsJsonObject().getAsJsonObject("return");
        received = result == null ? received : result.get("received").getAsInt();
        return reply;
    }

    void sendAll() throws IOException {
        while (received < content.length) {
            next();
        }
    }
}
