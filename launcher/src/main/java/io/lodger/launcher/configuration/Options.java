package io.lodger.launcher.configuration;

import io.lodger.launcher.configuration.Option.Argument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A command line, read as getopt_long(3) reads it for qemu-ga: options may be clustered, abbreviated, and stand after other words.
 * Reading ends at the first option that asks for a text to be printed.
 */
public final class Options {

    /** What a command line asks for. */
    public enum Action {
        /** Run the agent. */
        RUN,
        /** Print the configuration. */
        DUMP,
        /** Print how to call the agent. */
        HELP,
        /** Print the version. */
        VERSION,
        /** Print the names of all commands. */
        LIST_COMMANDS
    }

    private static final String DEFAULT_HOOK = "/etc/qemu/fsfreeze-hook";

    private final Settings settings = new Settings();
    private final List<String> ignored = new ArrayList<>();
    private Action action = Action.RUN;
    private String file;

    private Options() {
    }

    /**
     * Reads a command line.
     *
     * @throws ConfigurationException when an option is unknown, ambiguous, or lacks its argument
     */
    public static Options parse(String... words) throws ConfigurationException {
        var options = new Options();
        for (int i = 0; i < words.length && !options.isAnswered(); i++) {
            var word = words[i];
            var next = i + 1 < words.length ? Optional.of(words[i + 1]) : Optional.<String>empty();
            if (word.equals("--")) {
                options.ignored.addAll(Arrays.asList(words).subList(i + 1, words.length));
                break;
            } else if (word.startsWith("--")) {
                i += options.readLong(word.substring(2), next) ? 1 : 0;
            } else if (word.startsWith("-") && word.length() > 1) {
                i += options.readCluster(word, next) ? 1 : 0;
            } else {
                options.ignored.add(word);
            }
        }
        return options;
    }

    private boolean isAnswered() {
        return action != Action.RUN && action != Action.DUMP;
    }

    /** Reads {@code --word} or {@code --word=argument}; says whether the next word was its argument. */
    private boolean readLong(String text, Optional<String> next) throws ConfigurationException {
        int equals = text.indexOf('=');
        var option = named(equals < 0 ? text : text.substring(0, equals), text);
        var glued = equals < 0 ? Optional.<String>empty() : Optional.of(text.substring(equals + 1));
        if (glued.isPresent() && option.argument() == Argument.NONE) {
            throw usage("option '--" + option.word() + "' doesn't allow an argument");
        }
        boolean takesNext = glued.isEmpty() && option.argument() == Argument.REQUIRED;
        if (takesNext && next.isEmpty()) {
            throw usage("option '--" + option.word() + "' requires an argument");
        }
        accept(option, takesNext ? next : glued);
        return takesNext;
    }

    private static Option named(String word, String text) throws ConfigurationException {
        var matching = Arrays.stream(Option.values()).filter(option -> option.word().startsWith(word)).toList();
        for (var option : matching) {
            if (option.word().equals(word)) {
                return option;
            }
        }
        if (matching.isEmpty()) {
            var words = Arrays.stream(Option.values()).map(option -> "--" + option.word()).toList();
            throw usage("unrecognized option '--" + text + "'" + NearestName.hint("--" + word, words));
        }
        if (matching.stream().map(Option::letter).distinct().count() > 1) {
            var meanings = new StringBuilder();
            matching.forEach(option -> meanings.append(" '--").append(option.word()).append('\''));
            throw usage("option '--" + text + "' is ambiguous; possibilities:" + meanings);
        }
        return matching.get(0);
    }

    /** Reads {@code -abc}; says whether the next word was the last letter's argument. */
    private boolean readCluster(String word, Optional<String> next) throws ConfigurationException {
        for (int i = 1; i < word.length() && !isAnswered(); i++) {
            var option = lettered(word.charAt(i));
            if (option.argument() != Argument.NONE) {
                var glued = i + 1 < word.length() ? Optional.of(word.substring(i + 1)) : Optional.<String>empty();
                boolean takesNext = glued.isEmpty() && option.argument() == Argument.REQUIRED;
                if (takesNext && next.isEmpty()) {
                    throw usage("option requires an argument -- '" + option.letter() + "'");
                }
                accept(option, takesNext ? next : glued);
                return takesNext;
            }
            accept(option, Optional.empty());
        }
        return false;
    }

    private static Option lettered(char letter) throws ConfigurationException {
        for (var option : Option.values()) {
            if (option.letter() == letter) {
                return option;
            }
        }
        char other = Character.isUpperCase(letter) ? Character.toLowerCase(letter) : Character.toUpperCase(letter);
        var letters = Arrays.stream(Option.values()).map(option -> String.valueOf(option.letter())).toList();
        throw usage("invalid option -- '" + letter + "'"
                + (letters.contains(String.valueOf(other)) ? "; did you mean '-" + other + "'?" : ""));
    }

    private void accept(Option option, Optional<String> argument) {
        switch (option) {
            case HELP -> action = Action.HELP;
            case VERSION -> action = Action.VERSION;
            case DUMP_CONF -> action = Action.DUMP;
            case CONFIG -> file = argument.orElseThrow();
            case FSFREEZE_HOOK -> settings.set(Key.FSFREEZE_HOOK, argument.orElse(DEFAULT_HOOK));
            case BLOCK_RPCS, BLACKLIST, ALLOW_RPCS -> acceptList(option.key().orElseThrow(), argument.orElseThrow());
            default -> settings.set(option.key().orElseThrow(), argument.orElse("true"));
        }
    }

    private void acceptList(Key key, String names) {
        if (names.equals("help") || names.equals("?")) {
            action = Action.LIST_COMMANDS;
        } else {
            settings.add(key, names);
        }
    }

    private static ConfigurationException usage(String complaint) {
        return new ConfigurationException(complaint + "\nUnknown option, try 'lodger --help' for more information.");
    }

    public Action action() {
        return action;
    }

    /** What the options set. */
    public Settings settings() {
        return settings;
    }

    /** The configuration file that was asked for. */
    public Optional<String> file() {
        return Optional.ofNullable(file);
    }

    /** The words that are no options. qemu-ga takes no notice of them. */
    public List<String> ignored() {
        return ignored;
    }
}
