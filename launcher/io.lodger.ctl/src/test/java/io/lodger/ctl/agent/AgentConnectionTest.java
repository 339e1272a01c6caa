package io.lodger.ctl.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.ctl.ScriptedPeer;
import io.lodger.ctl.ScriptedPeer.Script;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AgentConnectionTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(100);

    @TempDir
    Path folder;

    @Test
    void beginsWithTheByte0xFFAndADelimitedSync() throws Exception {
        assertEquals("{}", ping(connection -> {
            var line = connection.line();
            assertEquals((byte) 0xFF, line[0]);
            var text = new String(line, 1, line.length - 1, StandardCharsets.US_ASCII);
            assertTrue(text.startsWith("{\"execute\":\"guest-sync-delimited\",\"arguments\":{\"id\":"), text);
            connection.send("\u00FF{\"return\": " + text.replaceAll("\\D+([0-9]+).*", "$1") + "}\n");
            connection.answer("\"return\": {}");
        }));
    }

    @Test
    void discardsAllThatComesBeforeTheAnswerToItsSync() throws Exception {
        assertEquals("{\"new\":true}", ping(connection -> {
            connection.send("half a reply of somebody else\"}}\n{\"return\": {\"old\": true}}\n\u00FF{\"return\": 1}\n");
            connection.send("{\"error\": {\"class\": \"GenericError\", \"desc\": \"JSON parse error, stray '\\uFFFD'\"}}\n\n");
            connection.send("\u00FFnonsense\n");
            var id = connection.request().getAsJsonObject("arguments").get("id");
            connection.send("{\"return\": " + id + "}\nno end of line \u00FF\u00FF{\"return\": " + id + "}\n");
            connection.answer("\"return\": {\"new\": true}");
        }));
    }

    @Test
    void putsTogetherAReplyThatComesByteByByte() throws Exception {
        assertEquals("{\"text\":\"a\u00E9b\"}", ping(connection -> {
            connection.synchronise();
            var reply = "{\"return\": {\"text\": \"a\u00E9b\"}, \"id\": " + connection.request().get("id") + "}\n";
            for (var next : reply.getBytes(StandardCharsets.UTF_8)) {
                connection.send(new byte[] {next});
            }
        }));
    }

    @Test
    void passesOverEventsAndRepliesToOthers() throws Exception {
        assertEquals("[1]", ping(connection -> {
            connection.synchronise();
            connection.send("{\"event\": \"X\"}\n{\"return\": {}, \"id\": 5}\n{\"return\": {}}\n");
            connection.answer("\"return\": [1]");
        }));
    }

    @Test
    void readsAReplyOfFortyMebibytes() throws Exception {
        var length = 40 * 1024 * 1024;
        var result = ping(connection -> {
            connection.synchronise();
            var id = connection.request().get("id");
            var body = new byte[length];
            Arrays.fill(body, (byte) 'A');
            connection.send("{\"id\": " + id + ", \"return\": \"");
            connection.send(body);
            connection.send("\"}\n");
        });
        assertEquals(length + 2, result.length());
    }

    @Test
    void givesTheAgentsErrorWithItsClass() throws Exception {
        var error = assertThrows(AgentErrorException.class, () -> ping(connection -> {
            connection.synchronise();
            connection.answer("\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"The command guest-ping has not been found\"}");
        }));
        assertEquals("The command guest-ping has not been found", error.getMessage());
        assertTrue(error.isCommandNotFound());
    }

    @Test
    void takesAnErrorWithoutIdForTheAnswerToARequestTheAgentCouldNotRead() {
        var error = assertThrows(AgentErrorException.class, () -> ping(connection -> {
            connection.synchronise();
            connection.request();
            connection.send("{\"error\": {\"class\": \"GenericError\", \"desc\": \"JSON token size limit exceeded\"}}\n");
        }));
        assertEquals("JSON token size limit exceeded", error.getMessage());
    }

    @Test
    void getsIntoStepAgainAfterATimeout() throws Exception {
        var late = new CountDownLatch(1);
        Script script = connection -> {
            connection.synchronise();
            var first = connection.request();
            await(late);
            connection.send("{\"return\": {\"late\": true}, \"id\": " + first.get("id") + "}\n");
            connection.synchronise();
            connection.answer("\"return\": {\"late\": false}");
        };
        try (var peer = new ScriptedPeer(socket(), script); var connection = AgentConnection.open(socket(), LONG)) {
            assertThrows(AgentUnavailableException.class, () -> connection.call("guest-ping", null, SHORT, true));
            late.countDown();
            assertEquals("{\"late\":false}", connection.call("guest-ping", null, LONG, true).toString());
        }
    }

    @Test
    void givesUpWhenCancelledAndCanBeUsedAgain() throws Exception {
        var connections = new AgentConnection[1];
        Script script = connection -> {
            connection.synchronise();
            connection.request();
            connections[0].cancel();
            connection.synchronise();
            connection.answer("\"return\": 2");
        };
        try (var peer = new ScriptedPeer(socket(), script); var connection = AgentConnection.open(socket(), LONG)) {
            connections[0] = connection;
            assertThrows(CancellationException.class, () -> connection.call("guest-ping", null, Duration.ZERO, true));
            assertEquals("2", connection.call("guest-ping", null, LONG, true).toString());
        }
    }

    private String ping(Script script) throws Exception {
        return OneCall.by(socket(), LONG, true, script);
    }

    private Path socket() {
        return folder.resolve("agent.sock");
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
