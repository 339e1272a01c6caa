package io.lodger.ctl.shell;

import io.lodger.ctl.agent.CommandDescription;
import io.lodger.ctl.agent.Member;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What may stand at the end of a shell line: commands, their arguments, and the values of those that have a known few. */
final class Completions {
    private final Map<String, String> verbs;
    private final List<CommandDescription> commands;

    /**
     * A word that fits.
     *
     * @param word the whole word
     * @param description what it is, in a few words
     * @param isWhole false for an argument's name, which a value must follow
     */
    record Completion(String word, String description, boolean isWhole) {
    }

    /**
     * The words there are.
     *
     * @param verbs the shell's own words with what they do
     * @param commands the agent's commands
     */
    Completions(Map<String, String> verbs, List<CommandDescription> commands) {
        this.verbs = new LinkedHashMap<>(verbs);
        this.commands = List.copyOf(commands);
    }

    /**
     * What fits for the last word.
     *
     * @param words the line up to the cursor; the last word may be empty
     */
    List<Completion> of(List<String> words) {
        var last = words.get(words.size() - 1);
        return candidates(words, last).filter(candidate -> candidate.word().startsWith(last)).toList();
    }

    private Stream<Completion> candidates(List<String> words, String last) {
        if (words.size() == 1) {
            return Stream.concat(
                verbs.entrySet().stream().map(verb -> new Completion(verb.getKey(), verb.getValue(), true)),
                names());
        }
        var takesName = Set.of("call", "describe", "help").contains(words.get(0));
        if (takesName && words.size() == 2) {
            return names();
        }
        if (takesName && !words.get(0).equals("call")) {
            return Stream.empty();
        }
        var arguments = words.subList(takesName ? 2 : 1, words.size() - 1);
        return commands.stream()
            .filter(command -> command.name().equals(words.get(takesName ? 1 : 0)))
            .flatMap(command -> arguments(command, arguments, last));
    }

    private Stream<Completion> names() {
        return commands.stream().map(command -> new Completion(command.name(), command.doc().orElse(""), true));
    }

    private static Stream<Completion> arguments(CommandDescription command, List<String> given, String last) {
        var used = given.stream().map(word -> word.replaceFirst("=.*", "")).collect(Collectors.toSet());
        var fitting = new ArrayList<Completion>();
        command.properties().forEach((name, type) -> {
            if (used.contains(name)) {
                return;
            }
            if (last.startsWith(name + "=")) {
                var values = Member.text(type, "type").equals(Optional.of("boolean"))
                    ? List.of("true", "false")
                    : CommandDescription.valuesOf(type);
                values.forEach(value -> fitting.add(new Completion(name + "=" + value, "", true)));
            } else {
                fitting.add(new Completion(name + "=", Member.text(type, "description").orElse(""), false));
            }
        });
        return fitting.stream();
    }
}
