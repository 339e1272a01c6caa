package io.lodger.ctl.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lodger.ctl.ScriptedPeer.Connection;
import io.lodger.ctl.ScriptedPeer.Script;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator reads when there is no reply. */
@Timeout(60)
class UnansweredTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(100);

    @TempDir
    Path folder;

    @Test
    void saysThatNothingAnswered() {
        assertSentence("nothing answered on %s within 0.1 s; is the agent running in the guest?", SHORT, Connection::awaitEnd);
    }

    @Test
    void saysThatACallWasNotAnswered() {
        assertSentence("guest-ping was not answered on %s within 0.1 s; the guest may still be busy with it", SHORT, connection -> {
            connection.synchronise();
            connection.awaitEnd();
        });
    }

    @Test
    void saysThatTheConnectionEndedInTheMiddleOfAReply() {
        assertSentence("the connection to %s ended before guest-ping was answered", LONG, connection -> {
            connection.synchronise();
            connection.request();
            connection.send("{\"return\": {");
        });
    }

    @Test
    void saysThatTheConnectionEndedBeforeAnyAnswer() {
        assertSentence("the connection to %s ended before the agent answered; is the agent running in the guest?", LONG, connection -> { });
    }

    @Test
    void showsALineThatIsNoJsonOnceBothAreInStep() {
        assertSentence("the agent on %s sent a line that is no JSON object: login:", LONG, connection -> {
            connection.synchronise();
            connection.request();
            connection.send("login:\n");
        });
    }

    private void assertSentence(String sentence, Duration wait, Script script) {
        var socket = folder.resolve("agent.sock");
        var exception = assertThrows(AgentUnavailableException.class, () -> OneCall.by(socket, wait, true, script));
        assertEquals(String.format(sentence, socket), exception.getMessage());
    }
}
