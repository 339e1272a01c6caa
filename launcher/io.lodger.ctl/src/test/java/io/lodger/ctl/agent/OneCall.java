package io.lodger.ctl.agent;

import com.google.gson.JsonObject;
import io.lodger.ctl.ScriptedPeer;
import io.lodger.ctl.ScriptedPeer.Script;
import java.nio.file.Path;
import java.time.Duration;

/** A call of guest-ping by a connection of its own. */
final class OneCall {
    private OneCall() {
    }

    /** What a peer that plays the script returns to it, as JSON. */
    static String by(Path socket, Duration wait, boolean respondsOnSuccess, Script script) throws Exception {
        try (var peer = new ScriptedPeer(socket, script); var connection = AgentConnection.open(socket, Duration.ofSeconds(30))) {
            return connection.call("guest-ping", new JsonObject(), wait, respondsOnSuccess).toString();
        }
    }
}
