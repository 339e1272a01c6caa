package io.lodger.ctl.shell;

import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.text.Printable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;

/** The prompt on a terminal. */
final class Prompt {
    private static final String TEXT = "lodger> ";
    /** Short, as JLine lets no Ctrl-C through while it completes. */
    private static final Duration TAB_PATIENCE = Duration.ofSeconds(2);
    /** Held strongly: a logger nobody holds is collected, with its level. */
    private static final Logger JLINE = Logger.getLogger("org.jline");

    private final Agent agent;
    private final Session session;
    private final Terminal terminal;

    private Prompt(Agent agent, Session session, Terminal terminal) {
        this.agent = agent;
        this.session = session;
        this.terminal = terminal;
    }

    /** Opens the terminal this process was started on; empty if it has none. */
    static Optional<Prompt> open(Agent agent, Session session) {
        JLINE.setLevel(Level.OFF);
        try {
            // The provider that runs stty(1) loads no native code, so it works and stays silent on every JVM.
            return Optional.of(new Prompt(agent, session, TerminalBuilder.builder().system(true).provider("exec").dumb(false).build()));
        } catch (IOException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /** Reads lines and carries them out, until the user leaves. */
    void run() throws IOException {
        try (terminal) {
            var reader = reader();
            while (!session.hasEnded()) {
                readAndExecute(reader);
            }
        } catch (EndOfFileException e) {
            // Ctrl-D: the user's way of saying exit.
            return;
        }
    }

    private void readAndExecute(LineReader reader) {
        try {
            execute(reader.readLine(TEXT));
        } catch (UserInterruptException e) {
            // Ctrl-C at the prompt drops the line that was begun; the next prompt stands below it.
            return;
        }
    }

    private void execute(String line) {
        var before = terminal.handle(Signal.INT, signal -> agent.cancel());
        try {
            session.execute(line);
        } finally {
            terminal.handle(Signal.INT, before);
        }
    }

    private LineReader reader() {
        var builder = LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("lodgerctl")
            .parser(new WordsParser())
            .completer((reader, line, candidates) -> complete(line, candidates))
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .variable(LineReader.HISTORY_IGNORE, "*password*")
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "... ");
        HistoryFile.find().ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
        return builder.build();
    }

    private void complete(ParsedLine line, List<Candidate> candidates) {
        try {
            new Completions(Session.verbs(), agent.commands(TAB_PATIENCE)).of(line.words()).forEach(fitting -> candidates.add(new Candidate(
                fitting.word(), Printable.text(fitting.word()), null, description(fitting), null, null, fitting.isWhole())));
        } catch (AgentErrorException | AgentUnavailableException | CancellationException e) {
            // Nothing to offer: the line can still be typed, and carrying it out will say what is wrong.
            return;
        }
    }

    private static String description(Completions.Completion fitting) {
        return fitting.description().isEmpty() ? null : Printable.text(fitting.description());
    }
}
