package io.lodger.launcher.configuration;

import io.lodger.launcher.configuration.Settings.ChannelText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration file. A file of qemu-ga's may hold groups and keys that mean nothing, which qemu-ga ignores and which are only
 * warned of here; in a file of Lodger's own they are errors.
 */
public final class SettingsFile {

    static final String GENERAL = "general";
    /** What stands before the name of a further channel in the name of its group. */
    static final String CHANNEL = "channel ";

    private static final String BLACKLIST = "blacklist";
    private static final String QEMU_GA = "qemu-ga.conf";
    private static final List<String> CHANNEL_KEYS = List.of(Key.METHOD.wireName(), Key.PATH.wireName());

    private final Settings settings = new Settings();
    private final List<String> warnings = new ArrayList<>();
    private final boolean lenient;

    private SettingsFile(boolean lenient) {
        this.lenient = lenient;
    }

    /**
     * Reads the file that is in force: the one asked for, else the one that {@code LODGER_CONF} or {@code QGA_CONF} names, else
     * {@code /etc/lodger/lodger.conf}, else {@code /etc/qemu/qemu-ga.conf}. Only the first two have to be there.
     */
    public static SettingsFile inForce(Optional<String> askedFor, Map<String, String> environment) throws ConfigurationException {
        var own = askedFor.or(() -> Optional.ofNullable(environment.get("LODGER_CONF")));
        if (own.isPresent()) {
            return read(Path.of(own.get()), own.get().endsWith(QEMU_GA), true);
        }
        var qemu = environment.get("QGA_CONF");
        if (qemu != null) {
            return qemu.isEmpty() ? new SettingsFile(true) : read(Path.of(qemu), true, false);
        }
        var installed = Path.of("/etc/lodger/lodger.conf");
        return Files.exists(installed) ? read(installed, false, true) : read(Path.of("/etc/qemu", QEMU_GA), true, false);
    }

    /** Reads a file, strictly or as leniently as qemu-ga. */
    static SettingsFile read(Path path, boolean lenient, boolean required) throws ConfigurationException {
        var file = new SettingsFile(lenient);
        try {
            if (Files.isDirectory(path)) {
                throw new ConfigurationException("it is a directory");
            }
            file.accept(KeyFile.parse(Files.readAllBytes(path)));
        } catch (NoSuchFileException e) {
            if (required) {
                throw new ConfigurationException("error loading configuration from path: " + path + ", there is no such file");
            }
        } catch (IOException e) {
            throw new ConfigurationException("error loading configuration from path: " + path + ", " + e);
        } catch (ConfigurationException e) {
            throw new ConfigurationException("error loading configuration from path: " + path + ", " + e.getMessage());
        }
        return file;
    }

    private void accept(KeyFile file) throws ConfigurationException {
        for (var group : file.groups().entrySet()) {
            var name = group.getKey();
            if (name.equals(GENERAL)) {
                for (var entry : group.getValue().entrySet()) {
                    acceptGeneral(entry.getKey(), entry.getValue());
                }
            } else if (name.startsWith(CHANNEL) && name.length() > CHANNEL.length()) {
                settings.addChannel(name.substring(CHANNEL.length()), channel(name, group.getValue()));
            } else {
                unknown("group [" + name + "], known are [general] and [channel NAME]" + NearestName.hint(name, List.of(GENERAL)));
            }
        }
    }

    private void acceptGeneral(String name, String value) throws ConfigurationException {
        var key = Key.named(name);
        if (name.equals(BLACKLIST)) {
            warnings.add("key 'blacklist' is deprecated and should be 'block-rpcs'");
            settings.add(Key.BLOCK_RPCS, KeyFile.string(name, value));
        } else if (key.isEmpty()) {
            unknown("key '" + name + "' in [general]" + NearestName.hint(name, Key.names()));
        } else {
            acceptKnown(key.get(), value);
        }
    }

    private void acceptKnown(Key key, String value) throws ConfigurationException {
        var name = key.wireName();
        switch (key.kind()) {
            case LIST -> settings.add(key, KeyFile.string(name, value));
            case STRING -> settings.set(key, KeyFile.string(name, value));
            case BOOLEAN -> settings.set(key, String.valueOf(KeyFile.bool(name, value)));
            case NUMBER -> settings.set(key, number(name, value));
        }
    }

    private static String number(String key, String value) throws ConfigurationException {
        var text = value.stripTrailing();
        if (!text.matches("[1-9][0-9]{0,4}")) {
            throw new ConfigurationException("key '" + key + "' has the value '" + text + "', which is no whole number from 1 to 99999");
        }
        return text;
    }

    private ChannelText channel(String group, Map<String, String> values) throws ConfigurationException {
        for (var name : values.keySet()) {
            if (!CHANNEL_KEYS.contains(name)) {
                unknown("key '" + name + "' in [" + group + "]" + NearestName.hint(name, CHANNEL_KEYS));
            }
        }
        return new ChannelText(text(Key.METHOD, values), text(Key.PATH, values));
    }

    private static Optional<String> text(Key key, Map<String, String> values) throws ConfigurationException {
        var value = values.get(key.wireName());
        return value == null ? Optional.empty() : Optional.of(KeyFile.string(key.wireName(), value));
    }

    private void unknown(String what) throws ConfigurationException {
        if (!lenient) {
            throw new ConfigurationException("unknown " + what);
        }
        warnings.add("ignored unknown " + what);
    }

    /** What the file sets. */
    Settings settings() {
        return settings;
    }

    /** What is odd in the file. */
    List<String> warnings() {
        return warnings;
    }
}
