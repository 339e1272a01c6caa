package io.lodger.ctl.shell;

import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.agent.Member;
import io.lodger.ctl.text.Screen;
import io.lodger.ctl.verb.Verb;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code shell}: a prompt on a terminal; without one, the lines of standard input one after the other. */
@Command(name = "shell", description = "Opens a prompt with history and completion; without a terminal, carries out the lines of standard "
    + "input and ends with the exit code of the last.")
public final class ShellCommand implements Verb {
    @Spec
    private CommandSpec spec;

    @Override
    public int run(Agent agent, Screen screen) throws AgentErrorException, AgentUnavailableException {
        var session = new Session(agent, screen, spec.commandLine().getErr());
        try {
            if (System.console() != null) {
                var prompt = Prompt.open(agent, session);
                if (prompt.isPresent()) {
                    greet(agent, screen);
                    prompt.get().run();
                    return 0;
                }
            }
            return runLines(session);
        } catch (IOException e) {
            if (e instanceof AgentUnavailableException unavailable) {
                throw unavailable;
            }
            throw new UncheckedIOException(e);
        }
    }

    private static void greet(Agent agent, Screen screen) throws AgentErrorException, AgentUnavailableException {
        var info = agent.ask("guest-info").getAsJsonObject();
        screen.line("Agent " + Member.text(info, "version").orElse("of unknown version") + " on " + agent.name() + ", "
            + Member.elements(info, "supported_commands").size() + " commands. 'help' helps, 'exit' leaves.");
    }

    private static int runLines(Session session) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var exitCode = 0;
        for (var line = lines.readLine(); line != null && !session.hasEnded(); line = lines.readLine()) {
            exitCode = session.execute(line);
        }
        return exitCode;
    }
}
