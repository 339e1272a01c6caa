package io.lodger.ctl.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.ctl.ScriptedPeer;
import io.lodger.ctl.ScriptedPeer.Script;
import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.SocketTarget;
import io.lodger.ctl.text.Screen;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SessionTest {
    private static final Script AGENT = ScriptedPeer.answering(Map.of("guest-ping", "\"return\": {}"));

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aLineIsACommandOfTheAgentOrAVerb() throws Exception {
        try (var peer = new ScriptedPeer(socket(), AGENT); var agent = new Agent(new SocketTarget(socket()), Duration.ofSeconds(30))) {
            var session = session(agent);
            assertEquals(0, session.execute("guest-ping"));
            assertEquals(0, session.execute("  call guest-ping {}"));
            assertEquals(0, session.execute("# nothing"));
            assertEquals(1, session.execute("guest-nope a=b"));
            assertEquals(2, session.execute("describe"));
            assertEquals(1, session.execute("bundle start a.b"));
            assertEquals(2, session.execute("bundle"));
            assertEquals(2, session.execute("guest-ping a=[1"));
        }
        assertEquals("{}\n{}\n", out.toString());
        assertEquals("""
            lodgerctl: CommandNotFound: The command guest-nope has not been found
            lodgerctl: Missing required parameter: 'NAME'
            lodgerctl: CommandNotFound: The command lodger-bundle-list has not been found
            lodgerctl: bundle what? list, install, update, uninstall, rollback, start, stop, sign, verify
            lodgerctl: a quote or bracket is open at the end of the line: guest-ping a=[1
            """, err.toString());
    }

    @Test
    void connectsAgainAfterTheAgentWentAway() throws Exception {
        Script dying = connection -> {
            connection.synchronise();
            connection.request();
        };
        try (var peer = new ScriptedPeer(socket(), dying, AGENT);
                var agent = new Agent(new SocketTarget(socket()), Duration.ofSeconds(30))) {
            assertEquals(3, session(agent).execute("guest-ping"));
            assertEquals(0, session(agent).execute("guest-ping"));
        }
    }

    @Test
    void exitEndsIt() throws Exception {
        try (var agent = new Agent(new SocketTarget(socket()), Duration.ofSeconds(30))) {
            var session = session(agent);
            assertEquals(0, session.execute("exit"));
            assertTrue(session.hasEnded());
        }
    }

    private Session session(Agent agent) {
        return new Session(agent, new Screen(new PrintWriter(out, true), false), new PrintWriter(err, true));
    }

    private Path socket() {
        return folder.resolve("agent.sock");
    }
}
