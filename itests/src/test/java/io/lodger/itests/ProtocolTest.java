package io.lodger.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients of the field send, byte for byte, and what they need to see. */
class ProtocolTest {

    @TempDir
    private static Path folder;
    private static AgentProcess agent;

    @BeforeAll
    static void start() throws IOException {
        agent = AgentProcess.lodger(folder);
        agent.connectWhenReady().close();
    }

    @AfterAll
    static void stop() throws Exception {
        agent.close();
    }

    @Test
    void servesProxmoxWhichSendsTwoLinesAndReadsTwo() throws IOException {
        try (var host = agent.connect()) {
            host.send("{\"execute\":\"guest-sync-delimited\",\"arguments\":{\"id\":4711}}\n{\"execute\":\"guest-ping\"}\n");
            assertEquals("\u00ff{\"return\": 4711}", host.line());
            assertEquals("{\"return\": {}}", host.line());
            host.endOutput();
            assertNull(host.lineOrEnd());
        }
    }

    @Test
    void servesLibvirtWhichSyncsWithoutADelimiter() throws IOException {
        try (var host = agent.connect()) {
            assertEquals("{\"return\": 1795222722438}",
                    host.ask("{\"execute\":\"guest-sync\", \"arguments\":{\"id\":1795222722438}}\n"));
            assertEquals("{\"return\": {}}", host.ask("{\"execute\":\"guest-ping\"}\n"));
            assertEquals("{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"The command guest-nonsense has not been found\"}}",
                    host.ask("{\"execute\":\"guest-nonsense\"}\n"));
        }
    }

    @Test
    void servesKubeVirtWhichTakesTheEnvelopeOffByAPattern() throws IOException {
        try (var host = agent.connect()) {
            var info = host.ask("{\"execute\":\"guest-info\"}");
            assertTrue(info.startsWith("{\"return\": {\"version\": \"") && info.endsWith("}"), info);
            var interfaces = host.ask("{\"execute\":\"guest-network-get-interfaces\"}");
            assertTrue(interfaces.startsWith("{\"return\": [{\"name\": ") && interfaces.endsWith("]}"), interfaces);
        }
    }

    @Test
    void servesQemusOwnClientWhichBeginsWithTheDelimiter() throws IOException {
        try (var host = agent.connect()) {
            host.send("{\"execute\": \"guest-pi");
            host.send("\u00ff{\"execute\": \"guest-sync-delimited\", \"arguments\": {\"id\": 1}}");
            assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": \"JSON parse error, stray '\\\"guest-pi\\uFFFD'\"}}",
                    host.line());
            assertEquals("\u00ff{\"return\": 1}", host.line());
        }
    }

    @Test
    void forgetsAHalfRequestWithItsConnection() throws IOException {
        try (var host = agent.connect()) {
            host.send("{\"execute\": \"guest-ping\", \"id\": \"half");
        }
        try (var host = agent.connect()) {
            assertEquals("{\"return\": {}}", host.ask("{\"execute\": \"guest-ping\"}"));
        }
    }

    @Test
    void survivesAHostThatHangsUpWithItsReplyUnread() throws IOException {
        for (int i = 0; i < 50; i++) {
            try (var host = agent.connect()) {
                host.send("{'execute': 'lodger-describe'}".repeat(20));
            }
        }
        try (var host = agent.connect()) {
            assertEquals("{\"return\": {}}", host.ask("{'execute': 'guest-ping'}"));
        }
    }

    @Test
    void takesARequestOf48MebibytesAndGoesOn() throws IOException {
        var payload = Base64.getEncoder().encodeToString(new byte[36 << 20]);
        try (var host = agent.connect()) {
            assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": \"Parameter 'buf-b64' is unexpected\"}}",
                    host.ask("{'execute': 'guest-ping', 'arguments': {'buf-b64': '" + payload + "'}}"));
            assertEquals("{\"return\": {}}", host.ask("{'execute': 'guest-ping'}"));
        }
    }

    @Test
    void refusesARequestBeyond64MebibytesAndGoesOn() throws IOException {
        try (var host = agent.connect()) {
            host.send("{'execute': 'guest-ping', 'arguments': {'x': '" + "y".repeat(65 << 20) + "'}}");
            assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": \"JSON token size limit exceeded\"}}", host.line());
            host.send("\u00ff{'execute': 'guest-sync-delimited', 'arguments': {'id': 2}}");
            var line = host.line();
            while (!line.equals("\u00ff{\"return\": 2}")) {
                line = host.line();
            }
        }
    }

    @Test
    void takesAFloodOfRequestsAndAnswersEveryOne() throws Exception {
        int requests = 200_000;
        try (var host = agent.connect(); var other = new Flood(host, requests)) {
            for (int i = 0; i < requests; i++) {
                assertEquals("{\"return\": " + i + "}", host.line());
            }
        }
    }

    /** Sends without reading, on a thread of its own, as a host does that writes faster than it reads. */
    private static final class Flood implements AutoCloseable {

        private final Thread thread;

        Flood(Host host, int requests) {
            thread = new Thread(() -> {
                try {
                    for (int i = 0; i < requests; i++) {
                        host.send("{\"execute\":\"guest-sync\",\"arguments\":{\"id\":" + i + "}}\n");
                    }
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            thread.start();
        }

        @Override
        public void close() throws InterruptedException {
            thread.join();
        }
    }
}
