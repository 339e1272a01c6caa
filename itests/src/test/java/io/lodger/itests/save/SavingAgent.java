package io.lodger.itests.save;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lodger.itests.AgentProcess;
import io.lodger.itests.Await;
import io.lodger.itests.FixtureBundle;
import io.lodger.itests.Host;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/** A built agent to which a vendor's engine and participant were added, and a folder that the engine saves. */
final class SavingAgent implements AutoCloseable {

    /** What the engine saves, behind its label. */
    static final String STATE = "the state of something that is alive\n".repeat(10_000);

    final AgentProcess agent;
    final Path target;
    private final Path folder;
    private final Host host;

    SavingAgent(Path folder) throws Exception {
        this(folder, List.of());
    }

    /** An agent that another program starts, such as one that sets its environment. */
    SavingAgent(Path folder, List<String> starter) throws Exception {
        this.folder = folder;
        target = Files.createDirectory(folder.resolve("target"));
        Files.writeString(target.resolve("state"), STATE);
        var configuration = Files.writeString(folder.resolve("lodger.conf"), "[general]\nrequire-signature=false\n");
        agent = AgentProcess.lodgerBy(starter, folder, "-c", configuration.toString());
        host = agent.connectWhenReady();
    }

    /** Adds the bundle with the engine and the participant. */
    void addEngine() throws Exception {
        install(FixtureBundle.build(folder, "test.saver", "1.0.0", "Private-Package", "io.lodger.itests.save.fixture"));
    }

    void install(Path jar) throws IOException {
        ask("lodger-bundle-install", "'path': '" + jar + "'");
    }

    void uninstall(String bundle) throws IOException {
        ask("lodger-bundle-uninstall", "'symbolic-name': '" + bundle + "'");
    }

    String raw(String request) throws IOException {
        return host.ask(request);
    }

    /** The result of a command that has to succeed. */
    JsonObject ask(String command, String arguments) throws IOException {
        var reply = host.ask("{'execute': '" + command + "', 'arguments': {" + arguments + "}}");
        var object = JsonParser.parseString(reply).getAsJsonObject();
        if (!object.has("return")) {
            throw new AssertionError(command + ": " + reply);
        }
        return object.get("return").isJsonObject() ? object.getAsJsonObject("return") : object;
    }

    /** Starts a save of the folder; returns the job. */
    String save(String arguments) throws IOException {
        return ask("lodger-save", "'engine': 'vendor', 'target': '" + target + "', " + arguments).get("job").getAsString();
    }

    /** Starts a save that hangs, to a file, and waits until its helper is at work. Returns the job. */
    String saveThatHangs(Path file) throws Exception {
        Files.deleteIfExists(target.resolve("begun"));
        Files.writeString(target.resolve("hang"), "");
        var job = save("'path': '" + file + "'");
        Await.until("the engine is at work", () -> Files.exists(target.resolve("begun"))
                && Files.readString(target.resolve("begun")).endsWith("\n"));
        Files.delete(target.resolve("hang"));
        return job;
    }

    /** The helper of the save that hangs. */
    ProcessHandle helper() throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readString(target.resolve("begun")).strip())).orElseThrow();
    }

    /** What is known of a job when it has ended. */
    JsonObject ended(String job) throws IOException {
        var facts = ask("lodger-job-wait", "'job': '" + job + "', 'timeout': 25");
        if (facts.get("state").getAsString().equals("running")) {
            throw new AssertionError("the job does not end: " + facts);
        }
        return facts;
    }

    /** The result of a job that has to succeed. */
    JsonObject result(String job) throws IOException {
        var facts = ended(job);
        if (!facts.has("result")) {
            throw new AssertionError(facts.toString());
        }
        return facts.getAsJsonObject("result");
    }

    /** The error of a job that has to fail. */
    String error(String job) throws IOException {
        return ended(job).getAsJsonObject("error").get("desc").getAsString();
    }

    /** Reads a stream to its end. */
    byte[] readStream(String job, int count) throws IOException {
        var image = new ByteArrayOutputStream();
        while (true) {
            var piece = ask("lodger-save-read", "'job': '" + job + "', 'offset': " + image.size() + ", 'count': " + count
                    + ", 'timeout': 20");
            image.writeBytes(Base64.getDecoder().decode(piece.get("buf-b64").getAsString()));
            if (piece.get("eof").getAsBoolean()) {
                return image.toByteArray();
            }
        }
    }

    /** What the participant was told. */
    String calls() throws IOException {
        return Files.readString(target.resolve("calls")).replace('\n', ' ').strip();
    }

    @Override
    public void close() throws Exception {
        host.close();
        agent.close();
    }
}
