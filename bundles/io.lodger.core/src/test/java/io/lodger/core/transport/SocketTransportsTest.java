package io.lodger.core.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.abort;

import io.lodger.core.Agent;
import io.lodger.core.AgentConfiguration;
import io.lodger.core.ChannelConfiguration;
import io.lodger.core.ChannelConfiguration.Method;
import io.lodger.core.Host;
import io.lodger.posix.Descriptor;
import io.lodger.posix.Epoll;
import io.lodger.posix.UnixSocket;
import io.lodger.posix.Vsock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketTransportsTest {

    private static final int PORT = 52_000;

    @TempDir
    Path folder;

    private Agent serve(Method method, String path) throws IOException {
        var channel = new ChannelConfiguration("test", method, path);
        var agent = Agent.open(new AgentConfiguration("1.0.0", List.of(channel), false, folder, Optional.empty(), List.of(),
                Duration.ofSeconds(2), 2));
        agent.ready();
        return agent;
    }

    @Test
    void anInheritedListeningSocketIsServedHostAfterHost() throws Exception {
        var path = folder.resolve("inherited");
        var listener = UnixSocket.listen(path);
        try (var agent = serve(Method.INHERITED_SOCKET, Integer.toString(listener.number()))) {
            for (int i = 0; i < 50; i++) {
                try (var host = Host.connect(path)) {
                    assertEquals("{\"return\": {}}", host.call("guest-ping"));
                    host.ask("guest-info").ask("guest-ping").endOutput();
                    assertEquals("{\"return\": {\"version\": \"1.0.0\"", host.line().split(",")[0]);
                    assertEquals("{\"return\": {}}", host.line());
                    assertEquals(true, host.isAtEnd());
                }
                try (var rude = Host.connect(path)) {
                    rude.ask("lodger-describe").send("{\"execute");
                }
            }
        }
    }

    @Test
    void repliesThatAHostReadsLateAreAllThere() throws Exception {
        var path = folder.resolve("inherited");
        var listener = UnixSocket.listen(path);
        try (var agent = serve(Method.INHERITED_SOCKET, Integer.toString(listener.number())); var host = Host.connect(path)) {
            int count = 300;
            for (int i = 0; i < count; i++) {
                host.ask("lodger-describe").sync(i);
            }
            for (int i = 0; i < count; i++) {
                assertEquals("{\"return\": [{\"name\": \"guest-info\"", host.line().split(",")[0]);
                assertEquals("{\"return\": " + i + "}", host.line());
            }
        }
    }

    @Test
    void aVsockHostIsServed() throws Exception {
        try (var agent = serve(Method.VSOCK_LISTEN, "-1:" + PORT); var host = vsockHost(); var readable = new Epoll()) {
            host.write(direct("{\"execute\": \"guest-ping\"}"));
            readable.add(host, Epoll.EPOLLIN);
            readable.await(-1);
            var reply = ByteBuffer.allocateDirect(100);
            host.read(reply);
            assertEquals("{\"return\": {}}\n", StandardCharsets.US_ASCII.decode(reply.flip()).toString());
        } catch (IOException e) {
            abort("this machine has no vsock_loopback: " + e.getMessage());
        }
    }

    private static Descriptor vsockHost() throws IOException {
        return Vsock.connect(Vsock.VMADDR_CID_LOCAL, PORT);
    }

    private static ByteBuffer direct(String text) {
        return ByteBuffer.allocateDirect(text.length()).put(text.getBytes(StandardCharsets.US_ASCII)).flip();
    }

    @Test
    void anAddressThatIsNoVsockAddressIsNamedWithTheFormThatWouldDo() {
        for (var wrong : List.of("1024", "x:1", "3:", "3:port", "")) {
            assertEquals("error opening channel '" + wrong + "': '" + wrong
                    + "' is no vsock address; it is written as <cid>:<port>, with -1 for any cid",
                    assertThrows(IOException.class, () -> serve(Method.VSOCK_LISTEN, wrong)).getMessage());
        }
    }

    @Test
    void aPortThatIsNotThereIsNamed() {
        var path = folder.resolve("no-port").toString();
        assertEquals("error opening channel '" + path + "': open " + path + ": No such file or directory",
                assertThrows(IOException.class, () -> serve(Method.VIRTIO_SERIAL, path)).getMessage());
    }
}
