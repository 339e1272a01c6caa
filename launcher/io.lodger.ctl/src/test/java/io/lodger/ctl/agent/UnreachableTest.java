package io.lodger.ctl.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UnreachableTest {
    @TempDir
    Path folder;

    @Test
    void namesThePathOfASocketThatIsNotThere() {
        assertEquals("there is no socket " + socket() + "; is the path right and the virtual machine running?", sentence());
    }

    @Test
    void saysThatAFileIsNoSocket() throws IOException {
        Files.createFile(socket());
        assertEquals(socket() + " is not a socket; give the path of the agent channel's socket on this host", sentence());
    }

    @Test
    void saysThatALinkLeadsNowhere() throws IOException {
        Files.createSymbolicLink(socket(), folder.resolve("gone"));
        assertEquals(socket() + " is a symbolic link to a socket that does not exist; is the virtual machine running?", sentence());
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        listen(1).close();
        assertEquals("nobody listens on " + socket() + " (connection refused); is the virtual machine running?", sentence());
    }

    @Test
    void givesUpOnAListenerWhoseQueueIsFull() throws IOException {
        try (var server = listen(1); var first = queue(); var second = queue()) {
            var exception = assertThrows(AgentUnavailableException.class, () -> AgentConnection.open(socket(), Duration.ofMillis(100)));
            assertEquals(socket() + " took no connection within 0.1 s; is another client connected to it?", exception.getMessage());
        }
    }

    private ServerSocketChannel listen(int backlog) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket()), backlog);
    }

    private SocketChannel queue() throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.configureBlocking(false);
        channel.connect(UnixDomainSocketAddress.of(socket()));
        return channel;
    }

    private String sentence() {
        return assertThrows(AgentUnavailableException.class, () -> AgentConnection.open(socket(), Duration.ofSeconds(5))).getMessage();
    }

    private Path socket() {
        return folder.resolve("agent.sock");
    }
}
