package io.lodger.ctl.bundle;

import com.google.gson.JsonObject;
import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.agent.Member;
import io.lodger.ctl.text.Progress;
import io.lodger.ctl.verb.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/** Brings a file to an agent, in chunks through its channel. What an earlier attempt has brought there is not sent again. */
final class Upload {
    /** Room in a request for what is not the chunk: names, the upload's id, the offset. */
    private static final int ENVELOPE = 512;
    /** Four characters for three bytes. */
    private static final int BASE64_BYTES = 3;
    private static final int BASE64_CHARACTERS = 4;
    private static final long LARGEST = 1L << 30;

    private final Agent agent;
    private final Path file;
    private final byte[] content;
    private final Progress progress;

    /** How far the agent is. */
    private record State(String id, long received, long chunkSize) {
    }

    Upload(Agent agent, Path file, Progress progress) throws UsageException {
        this.agent = agent;
        this.file = file;
        this.progress = progress;
        try {
            if (Files.size(file) > LARGEST) {
                throw new UsageException(file + " is too large for a bundle: it has " + Files.size(file) + " bytes");
            }
            content = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no file " + file);
        } catch (IOException e) {
            throw new UsageException("cannot read " + file + ": " + e.getMessage());
        }
        progress.expect(content.length);
    }

    /** Sends what is missing and gives the upload's id. A connection that breaks is made anew as long as each brings something. */
    String send() throws AgentErrorException, AgentUnavailableException {
        var state = begin();
        progress.advance(state.received());
        var attempt = state.received();
        while (state.received() < content.length) {
            try {
                var received = write(state);
                progress.advance(received - state.received());
                state = new State(state.id(), received, state.chunkSize());
            } catch (AgentUnavailableException e) {
                if (state.received() == attempt) {
                    throw e;
                }
                var again = begin();
                progress.advance(again.received() - state.received());
                state = again;
                attempt = state.received();
            }
        }
        return state.id();
    }

    private State begin() throws AgentErrorException, AgentUnavailableException {
        var arguments = new JsonObject();
        arguments.addProperty("size", content.length);
        arguments.addProperty("sha256", HexFormat.of().formatHex(sha256()));
        var reply = agent.call("lodger-bundle-upload-begin", arguments, true) instanceof JsonObject object ? object : new JsonObject();
        var longest = (agent.longestRequest() - ENVELOPE) / BASE64_CHARACTERS * BASE64_BYTES;
        return new State(Member.text(reply, "upload").orElseThrow(this::senseless), count(reply, "received"),
            Math.max(1, Math.min(longest, count(reply, "chunk-size"))));
    }

    /** Sends the next chunk and gives how much the agent has then. */
    private long write(State state) throws AgentErrorException, AgentUnavailableException {
        var from = (int) state.received();
        var chunk = Arrays.copyOfRange(content, from, (int) Math.min(content.length, from + state.chunkSize()));
        var arguments = new JsonObject();
        arguments.addProperty("upload", state.id());
        arguments.addProperty("offset", from);
        arguments.addProperty("buf-b64", Base64.getEncoder().encodeToString(chunk));
        var reply = agent.call("lodger-bundle-upload-write", arguments, true) instanceof JsonObject object ? object : new JsonObject();
        var received = count(reply, "received");
        if (received <= from) {
            throw senseless();
        }
        return received;
    }

    /** A number of bytes, no more than there are to send unless it is a limit. */
    private long count(JsonObject reply, String member) throws AgentUnavailableException {
        var text = Member.number(reply, member).orElseThrow(this::senseless);
        if (!text.matches("[0-9]{1,18}") || member.equals("received") && Long.parseLong(text) > content.length) {
            throw senseless();
        }
        return Long.parseLong(text);
    }

    private AgentUnavailableException senseless() {
        return new AgentUnavailableException("the agent on " + agent.name() + " answered to the upload of " + file
            + " with something that makes no sense");
    }

    private byte[] sha256() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
