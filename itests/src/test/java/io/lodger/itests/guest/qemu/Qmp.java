package io.lodger.itests.guest.qemu;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** QEMU's machine protocol (QEMU Machine Protocol Specification): commands, and events in the order in which they came. */
public final class Qmp {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final OutputStream output;
    /** Guards the fields below, and is notified of each change. */
    private final Object change = new Object();
    private final List<JsonObject> events = new ArrayList<>();
    private JsonObject reply;
    private boolean greeted;
    private boolean ended;

    Qmp(InputStream input, OutputStream output) throws IOException {
        this.output = output;
        var reader = new Thread(() -> read(input), "qmp");
        reader.setDaemon(true);
        reader.start();
        synchronized (change) {
            await("QEMU's greeting", PATIENCE, () -> greeted ? Boolean.TRUE : null);
        }
        execute("qmp_capabilities");
    }

    /** Executes a command without arguments, and gives what it returns. */
    public JsonElement execute(String command) throws IOException {
        return execute(command, "{}");
    }

    /**
     * Executes a command, and gives what it returns.
     *
     * @param arguments a JSON object; single quotes will do
     * @throws IOException when QEMU refuses, with its words, or has ended
     */
    public JsonElement execute(String command, String arguments) throws IOException {
        var request = new JsonObject();
        request.addProperty("execute", command);
        request.add("arguments", JsonParser.parseString(arguments));
        synchronized (change) {
            output.write((request + "\n").getBytes(StandardCharsets.UTF_8));
            output.flush();
            var answer = await("answer to " + command, PATIENCE, () -> reply);
            reply = null;
            if (answer.has("error")) {
                throw new IOException(command + " " + arguments + ": " + answer.getAsJsonObject("error").get("desc").getAsString());
            }
            return answer.get("return");
        }
    }

    /** Executes a command of the human monitor, for what QMP has none for; one that fails says why in its output. */
    public String monitor(String line) throws IOException {
        var arguments = new JsonObject();
        arguments.addProperty("command-line", line);
        return execute("human-monitor-command", arguments.toString()).getAsString();
    }

    /** Takes the oldest event of a name out of those that came, and waits for one if there is none. */
    public JsonObject awaitEvent(String name, Duration deadline) throws IOException {
        return awaitEvent(name, data -> true, deadline);
    }

    /** Takes the oldest event of a name and with certain data out of those that came, and waits for one if there is none. */
    public JsonObject awaitEvent(String name, Predicate<JsonObject> data, Duration deadline) throws IOException {
        synchronized (change) {
            return await("event " + name, deadline, () -> {
                for (var event : events) {
                    if (event.get("event").getAsString().equals(name)
                            && data.test(event.has("data") ? event.getAsJsonObject("data") : new JsonObject())) {
                        events.remove(event);
                        return event;
                    }
                }
                return null;
            });
        }
    }

    /** The events that came and have not been taken. */
    public List<JsonObject> events() {
        synchronized (change) {
            return List.copyOf(events);
        }
    }

    private interface Answer<T> {

        /** What is waited for, or null. */
        T now();
    }

    private <T> T await(String what, Duration patience, Answer<T> answer) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            var value = answer.now();
            if (value != null) {
                return value;
            }
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (ended) {
                throw new EOFException("QEMU ended, and no " + what + " came");
            }
            if (left <= 0) {
                throw new IOException("no " + what + " within " + patience + "; the events until then: " + events);
            }
            try {
                change.wait(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting: " + what, e);
            }
        }
    }

    private void read(InputStream input) {
        try (var lines = new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var message = JsonParser.parseString(line).getAsJsonObject();
                synchronized (change) {
                    if (message.has("event")) {
                        events.add(message);
                    } else if (message.has("QMP")) {
                        greeted = true;
                    } else {
                        reply = message;
                    }
                    change.notifyAll();
                }
            }
        } catch (IOException e) {
            // The pipe of a process that was ended by us; whoever waits is told below.
        }
        synchronized (change) {
            ended = true;
            change.notifyAll();
        }
    }
}
