package io.lodger.launcher.configuration;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The keys of the group {@code [general]}, in the order in which {@code --dump-conf} prints them. */
public enum Key {
    DAEMON("daemon", Kind.BOOLEAN, "false"),
    METHOD("method", Kind.STRING, "virtio-serial"),
    /** Its default depends on the method. */
    PATH("path", Kind.STRING, null),
    LOGFILE("logfile", Kind.STRING, null),
    PIDFILE("pidfile", Kind.STRING, "/var/run/qemu-ga.pid"),
    FSFREEZE_HOOK("fsfreeze-hook", Kind.STRING, null),
    STATEDIR("statedir", Kind.STRING, "/var/run"),
    VERBOSE("verbose", Kind.BOOLEAN, "false"),
    RETRY_PATH("retry-path", Kind.BOOLEAN, "false"),
    BLOCK_RPCS("block-rpcs", Kind.LIST, null),
    ALLOW_RPCS("allow-rpcs", Kind.LIST, null),
    FEATURES("features", Kind.STRING, "standard"),
    SYNC_GRACE("sync-grace", Kind.NUMBER, "2"),
    WORKERS("workers", Kind.NUMBER, "8"),
    REQUIRE_SIGNATURE("require-signature", Kind.BOOLEAN, "true"),
    TRUST_STORE("trust-store", Kind.STRING, "/etc/lodger/trust.p12"),
    TRUST_STORE_PASSWORD("trust-store-password", Kind.STRING, "changeit"),
    DENY_LIST("deny-list", Kind.STRING, "/etc/lodger/deny.list"),
    /** All channels when nothing is said. */
    MANAGE_CHANNELS("manage-channels", Kind.STRING, null),
    /** In the state directory when nothing is said. */
    BUNDLE_STORE("bundle-store", Kind.STRING, null),
    /** In the bundle store when nothing is said. */
    AUDIT_LOG("audit-log", Kind.STRING, null);

    /** How a value is written. */
    public enum Kind {
        /** {@code true} or {@code 1}, {@code false} or {@code 0}. */
        BOOLEAN,
        /** A whole number from 1. */
        NUMBER,
        /** Text. */
        STRING,
        /** Names with commas between them. Lists from several places are joined. */
        LIST
    }

    private final String wireName;
    private final Kind kind;
    private final String standard;

    Key(String wireName, Kind kind, String standard) {
        this.wireName = wireName;
        this.kind = kind;
        this.standard = standard;
    }

    /** The name in a file. */
    public String wireName() {
        return wireName;
    }

    Kind kind() {
        return kind;
    }

    /** The value when nothing is said. */
    Optional<String> standard() {
        return Optional.ofNullable(standard);
    }

    static Optional<Key> named(String name) {
        return Arrays.stream(values()).filter(key -> key.wireName.equals(name)).findFirst();
    }

    static List<String> names() {
        return Arrays.stream(values()).map(Key::wireName).toList();
    }
}
