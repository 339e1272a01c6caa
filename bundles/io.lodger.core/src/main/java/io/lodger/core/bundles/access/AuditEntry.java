package io.lodger.core.bundles.access;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** What somebody wanted to change, told step by step as it becomes known. */
public final class AuditEntry {

    private final JsonObject line = new JsonObject();

    /** A wish by a channel and a command. */
    public AuditEntry(String channel, String command) {
        line.addProperty("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        line.addProperty("channel", channel);
        line.addProperty("command", command);
    }

    /** Which file or upload it is about. */
    public AuditEntry source(String source) {
        line.addProperty("source", source);
        return this;
    }

    /** Which bundle or feature it is about. */
    public AuditEntry bundle(String name) {
        line.addProperty("bundle", name);
        return this;
    }

    /** Which version. */
    public AuditEntry version(String version) {
        line.addProperty("version", version);
        return this;
    }

    /** Whose certificate signed it. */
    public AuditEntry signer(String subject) {
        line.addProperty("signer", subject);
        return this;
    }

    /** It was done. */
    public AuditEntry done() {
        line.addProperty("outcome", "done");
        return this;
    }

    /** It was not done, and why. */
    public AuditEntry refused(String error) {
        line.addProperty("outcome", "refused");
        line.addProperty("error", error);
        return this;
    }

    String line() {
        return line.toString();
    }
}
