package io.lodger.launcher.configuration;

import io.lodger.core.ChannelConfiguration.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What options or a file say: values by key, and further channels by name. */
public final class Settings {

    /** A further channel, as it is written. */
    record ChannelText(Optional<String> method, Optional<String> path) {
    }

    private final Map<Key, String> values = new EnumMap<>(Key.class);
    /** Each list as it was given, because each is printed backwards by itself. */
    private final Map<Key, List<List<String>>> lists = new EnumMap<>(Key.class);
    private final Map<String, ChannelText> channels = new LinkedHashMap<>();

    void set(Key key, String value) {
        values.put(key, value);
    }

    /** Adds a list to those given before. An empty text is an empty list. */
    void add(Key key, String names) {
        if (!names.isEmpty()) {
            lists.computeIfAbsent(key, none -> new ArrayList<>()).add(Arrays.asList(names.split(",", -1)));
        }
    }

    void addChannel(String name, ChannelText channel) {
        channels.put(name, channel);
    }

    /** These settings where they say something, the others' elsewhere; and the lists of both. */
    Settings over(Settings others) {
        var joined = new Settings();
        for (var source : List.of(others, this)) {
            joined.values.putAll(source.values);
            joined.channels.putAll(source.channels);
            source.lists.forEach((key, given) -> joined.lists.computeIfAbsent(key, none -> new ArrayList<>()).addAll(given));
        }
        return joined;
    }

    /** The value of a key, its default included. */
    public Optional<String> value(Key key) {
        return Optional.ofNullable(values.get(key)).or(key::standard);
    }

    /** The value of a key that has a default. */
    String required(Key key) {
        return value(key).orElseThrow();
    }

    /** Whether a boolean key is true. */
    public boolean isOn(Key key) {
        return required(key).equals("true");
    }

    /** All names that were given for a key. */
    List<String> list(Key key) {
        return lists.getOrDefault(key, List.of()).stream().flatMap(List::stream).toList();
    }

    /** The names of a key as qemu-ga prints them: each list that was given backwards. */
    private String printed(Key key) {
        var names = new ArrayList<String>();
        for (var given : lists.getOrDefault(key, List.of())) {
            var backwards = new ArrayList<>(given);
            Collections.reverse(backwards);
            names.addAll(backwards);
        }
        return String.join(",", names);
    }

    Map<String, ChannelText> channels() {
        return channels;
    }

    /** The path of the main channel: what is said, or its method's default. */
    Optional<String> mainPath() throws ConfigurationException {
        return Optional.ofNullable(values.get(Key.PATH)).or(defaultPath(method(required(Key.METHOD))));
    }

    private static Supplier<Optional<String>> defaultPath(Method method) {
        return () -> switch (method) {
            case VIRTIO_SERIAL -> Optional.of("/dev/virtio-ports/org.qemu.guest_agent.0");
            case ISA_SERIAL -> Optional.of("/dev/ttyS0");
            default -> Optional.empty();
        };
    }

    /** The method of a name that {@code -m} takes. */
    static Method method(String name) throws ConfigurationException {
        var known = Arrays.stream(Method.values()).filter(method -> method != Method.INHERITED_SOCKET).map(Settings::wireName).toList();
        if (!known.contains(name)) {
            throw new ConfigurationException("unknown method '" + name + "', known are " + String.join(", ", known)
                    + NearestName.hint(name, known));
        }
        return Method.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static String wireName(Method method) {
        return method.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A configuration file that says the same. */
    public String dump() throws ConfigurationException {
        var text = new StringBuilder("[general]\n");
        for (var key : Key.values()) {
            var value = switch (key) {
                case PATH -> mainPath();
                case BLOCK_RPCS, ALLOW_RPCS -> Optional.of(printed(key));
                default -> value(key);
            };
            value.ifPresent(present -> append(text, key.wireName(), present));
        }
        channels.forEach((name, channel) -> {
            text.append("\n[").append(SettingsFile.CHANNEL).append(name).append("]\n");
            channel.method().ifPresent(method -> append(text, Key.METHOD.wireName(), method));
            channel.path().ifPresent(path -> append(text, Key.PATH.wireName(), path));
        });
        return text.toString();
    }

    private static void append(StringBuilder text, String key, String value) {
        text.append(key).append('=').append(KeyFile.escape(value)).append('\n');
    }
}
