package io.lodger.core.dispatch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import io.lodger.command.GuestCommand;
import io.lodger.command.NoArguments;
import io.lodger.core.AgentUnderTest;
import io.lodger.core.Facts;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTest {

    @TempDir
    Path folder;

    private static Arguments failing(String expected, Command<NoArguments, Object> command) {
        return Arguments.of(expected, command);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                failing("NoClassDefFoundError: com/vendor/Gone", (none, context) -> {
                    throw new NoClassDefFoundError("com/vendor/Gone");
                }),
                failing("OutOfMemoryError: Java heap space", (none, context) -> {
                    throw new OutOfMemoryError("Java heap space");
                }),
                failing("OutOfMemoryError: Requested array size exceeds VM limit", (none, context) -> new long[Integer.MAX_VALUE].length),
                failing("java.lang.StackOverflowError without a message", (none, context) -> endless(0)),
                failing("java.io.IOException without a message", (none, context) -> {
                    throw new IOException();
                }),
                failing("NoSuchFileException: /etc/nothing", (none, context) -> {
                    throw new NoSuchFileException("/etc/nothing");
                }),
                failing("io.lodger.core.dispatch.FailureTest$Mute without a message", (none, context) -> {
                    throw new Mute();
                }),
                failing("The command returned no value for its result", (none, context) -> null),
                failing("The command returned no value for 'a[0]'", (none, context) -> Map.of("a", Collections.nCopies(2, null))),
                failing("The command returned NaN for its result, which JSON can't express", (none, context) -> Double.NaN),
                failing("The command returned -Infinity for '[0]', which JSON can't express",
                        (none, context) -> List.of(Float.NEGATIVE_INFINITY)),
                failing("The command returned a java.lang.Thread for its result, which has no form on the wire",
                        (none, context) -> Thread.currentThread()),
                failing("java.lang.StackOverflowError without a message", (none, context) -> {
                    List<Object> itself = new ArrayList<>();
                    itself.add(itself);
                    return itself;
                }),
                failing("a \\uFFFD and a \\u00E4", (none, context) -> {
                    throw new CommandException("a \ud800 and a \u00e4");
                }));
    }

    private static int endless(int depth) {
        return endless(depth + 1) + 1;
    }

    /** An exception that fails when it is asked for its message, as one of a bundle that is gone may. */
    private static final class Mute extends RuntimeException {

        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new NoClassDefFoundError("com/vendor/Messages");
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void whateverFailsTheHostGetsOneError(String expected, Command<NoArguments, Object> command) throws Exception {
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "test", command);
            host.ask("test-work").ask("guest-ping");
            var reply = host.line();
            assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": \"" + expected + "\"}}", reply);
            assertTrue(reply.chars().allMatch(c -> c >= 0x20 && c < 0x7F), reply);
            assertEquals("{\"return\": {}}", host.line());
        }
    }

    @Test
    void theErrorClassIsTheCommandsChoice() throws Exception {
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "test", (none, context) -> {
                throw new CommandException("CommandNotFound", "there is no clock here");
            });
            assertEquals("{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"there is no clock here\"}}", host.call("test-work"));
        }
    }

    /** Texts that are no Unicode, whose reply is still one line of ASCII. */
    @Test
    void aLoneSurrogateInAResultBecomesTheReplacementCharacter() throws Exception {
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            agent.add(Facts.Work.class, "test", (none, context) -> "a\udc00b\n\u007f\ud83d\ude00");
            assertEquals("{\"return\": \"a\\uFFFDb\\n\\u007F\\uD83D\\uDE00\"}", host.call("test-work"));
        }
    }

    @GuestCommand(name = "test-checked")
    public static final class Checked implements Command<Checked.Range, Void> {

        public record Range(int from, int to) {
            public Range {
                if (from > to) {
                    throw new IllegalArgumentException("'from' is " + from + " and must not be above 'to', which is " + to);
                }
            }
        }

        @Override
        public Void execute(Range range, CommandContext context) {
            return null;
        }
    }

    @Test
    void whatTheArgumentsRecordRefusesIsRefusedInItsWords() throws Exception {
        try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
            agent.add(new Checked());
            host.send("{'execute': 'test-checked', 'arguments': {'from': 2, 'to': 1}}"
                    + "{'execute': 'test-checked', 'arguments': {'from': 1, 'to': 2}}");
            assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": "
                    + "\"'from' is 2 and must not be above 'to', which is 1\"}}", host.line());
            assertEquals("{\"return\": {}}", host.line());
        }
    }
}
