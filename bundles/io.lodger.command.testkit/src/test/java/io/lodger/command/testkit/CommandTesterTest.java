package io.lodger.command.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.command.NoArguments;
import io.lodger.command.StartedJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandTesterTest {

    @GuestCommand(name = "test-greet")
    @Doc("Greets.")
    public static final class Greet implements Command<Greet.Whom, String> {

        public record Whom(@Doc("A name.") String name, @Doc("A title.") Optional<String> title) {
        }

        @Override
        public String execute(Whom whom, CommandContext context) throws CommandException {
            if (whom.name().isEmpty()) {
                throw new CommandException("There is nobody without a name");
            }
            return "Hello, " + whom.title().map(title -> title + " ").orElse("") + whom.name();
        }
    }

    @GuestCommand(name = "test-leave", respondsOnSuccess = false)
    public static final class Leave implements Command<NoArguments, Void> {

        @Override
        public Void execute(NoArguments none, CommandContext context) {
            return null;
        }
    }

    @GuestCommand(name = "test-hang")
    public static final class Hang implements Command<NoArguments, Void> {

        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch never = new CountDownLatch(1);
        private volatile boolean asked;

        @Override
        public Void execute(NoArguments none, CommandContext context) throws InterruptedException {
            context.onCancel(() -> asked = true);
            begun.countDown();
            never.await();
            return null;
        }
    }

    @Test
    void givesTheReplyAsItStandsOnTheWire() throws Exception {
        try (var tester = CommandTester.of(new Greet())) {
            assertEquals("{\"return\": \"Hello, Ada\"}", tester.call("{'name': 'Ada'}"));
            assertEquals("{\"return\": \"Hello, Dr \\u00D6\"}", tester.call("{'name': 'Ö', 'title': 'Dr'}"));
        }
    }

    @Test
    void givesErrorsInTheWordsOfTheCore() throws Exception {
        try (var tester = CommandTester.of(new Greet())) {
            assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": \"Parameter 'name' is missing\"}}", tester.call("{}"));
            assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": \"There is nobody without a name\"}}",
                    tester.call("{'name': ''}"));
        }
    }

    @Test
    void givesNothingForACommandThatSendsNothing() throws Exception {
        try (var tester = CommandTester.of(new Leave())) {
            assertEquals("", tester.call("{}"));
            assertTrue(tester.call("{'a': 1}").contains("Parameter 'a' is unexpected"));
        }
    }

    @Test
    void takesACommandAwayWhileItRuns() throws Exception {
        var hang = new Hang();
        try (var tester = CommandTester.of(hang)) {
            tester.start("{}");
            hang.begun.await();
            tester.takeAway();
            assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": \"The command test-hang was taken away while it ran\"}}",
                    tester.reply());
            assertTrue(hang.asked);
        }
    }

    @GuestCommand(name = "test-count")
    public static final class Count implements Command<Count.Range, StartedJob> {

        public record Range(@Doc("What to count to; 0 for ever.") int to) {
        }

        public record Counted(@Doc("How many there were.") int numbers) {
        }

        @Override
        public StartedJob execute(Range range, CommandContext context) throws CommandException {
            return context.startJob("counting", job -> count(range.to()));
        }

        private static Counted count(int to) throws Exception {
            if (to < 0) {
                throw new CommandException("NotFound", "There is no way down");
            }
            if (to == 0) {
                new CountDownLatch(1).await();
            }
            return new Counted(to);
        }
    }

    @Test
    void givesWhatAJobCameToAsIfItWereAReply() throws Exception {
        try (var tester = CommandTester.of(new Count())) {
            assertEquals("{\"return\": {\"numbers\": 3}}", tester.callJob("{'to': 3}"));
            assertEquals("{\"error\": {\"class\": \"NotFound\", \"desc\": \"There is no way down\"}}", tester.callJob("{'to': -1}"));
            assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": \"Parameter 'to' is missing\"}}", tester.callJob("{}"));
        }
    }

    @Test
    void endsAJobByCancellingItAndByTakingItsCommandAway() throws Exception {
        try (var tester = CommandTester.of(new Count())) {
            assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": \"The test cancelled the job\"}}",
                    tester.cancelJob(tester.call("{'to': 0}")));
            var reply = tester.call("{'to': 0}");
            tester.takeAway();
            assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": \"The command test-count was taken away while it ran\"}}",
                    tester.cancelJob(reply));
        }
    }

    @Test
    void noticesAChangedContract(@TempDir Path folder) throws Exception {
        try (var tester = CommandTester.of(new Greet())) {
            var golden = folder.resolve("test-greet.json");
            assertThrows(AssertionError.class, () -> tester.checkSchema(folder));
            assertFalse(Files.exists(golden));
            System.setProperty("lodger.schema.write", "true");
            tester.checkSchema(folder);
            System.clearProperty("lodger.schema.write");
            tester.checkSchema(folder);

            Files.writeString(golden, Files.readString(golden).replace("A title.", "An epithet."));
            assertThrows(AssertionError.class, () -> tester.checkSchema(folder));
            System.setProperty("lodger.schema.write", "true");
            var refusal = assertThrows(AssertionError.class, () -> tester.checkSchema(folder));
            assertTrue(refusal.getMessage().contains("raise it first"), refusal.getMessage());
            System.clearProperty("lodger.schema.write");
        }
    }
}
