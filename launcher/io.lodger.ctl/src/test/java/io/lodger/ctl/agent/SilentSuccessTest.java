package io.lodger.ctl.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lodger.ctl.ScriptedPeer.Script;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls of commands that have a reply only when they fail. */
@Timeout(60)
class SilentSuccessTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(100);

    @TempDir
    Path folder;

    @Test
    void takesAnAnsweredPingBehindACommandThatOnlyFailsAloudForItsSuccess() throws Exception {
        assertEquals("{}", quiet(LONG, connection -> {
            connection.synchronise();
            connection.request();
            connection.answer("\"return\": {}");
        }));
    }

    @Test
    void takesTheEndOfTheConnectionForItsSuccessToo() throws Exception {
        assertEquals("{}", quiet(LONG, connection -> {
            connection.synchronise();
            connection.request();
            connection.request();
        }));
    }

    @Test
    void takesSilenceForItsSuccessToo() throws Exception {
        assertEquals("{}", quiet(SHORT, connection -> {
            connection.synchronise();
            connection.awaitEnd();
        }));
    }

    @Test
    void givesTheErrorOfACommandThatOnlyFailsAloud() {
        var error = assertThrows(AgentErrorException.class, () -> quiet(LONG, connection -> {
            connection.synchronise();
            connection.answer("\"error\": {\"class\": \"GenericError\", \"desc\": \"no\"}");
        }));
        assertEquals("no", error.getMessage());
    }

    private String quiet(Duration wait, Script script) throws Exception {
        return OneCall.by(folder.resolve("agent.sock"), wait, false, script);
    }
}
