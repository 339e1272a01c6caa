package io.lodger.ctl.agent;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** An agent: connects when first needed and again after a loss, and knows how to ask the agent about itself. */
public final class Agent implements Closeable {
    private static final String DESCRIBE = "lodger-describe";

    private final Target target;
    private final Duration wait;
    private volatile AgentChannel connection;

    /**
     * An agent not yet connected to.
     *
     * @param wait how long a call may take; zero is for ever
     */
    public Agent(Target target, Duration wait) {
        this.target = target;
        this.wait = wait;
    }

    /** What people know it by. */
    public String name() {
        return target.name();
    }

    /**
     * Calls a command, as {@link AgentChannel#call} does. One that answers only when it fails is waited for no longer than a
     * synchronisation.
     *
     * @param arguments the arguments, or null for none
     */
    public JsonElement call(String command, JsonObject arguments, boolean respondsOnSuccess)
            throws AgentErrorException, AgentUnavailableException {
        return connection().call(command, arguments, respondsOnSuccess ? wait : AgentConnection.syncWait(wait), respondsOnSuccess);
    }

    /** Calls a command that takes no arguments and always answers. */
    public JsonElement ask(String command) throws AgentErrorException, AgentUnavailableException {
        return call(command, null, true);
    }

    /** All commands the agent has, in the agent's order. */
    public List<CommandDescription> commands() throws AgentErrorException, AgentUnavailableException {
        return commands(wait);
    }

    /** All commands the agent has, unless telling takes it longer than {@code patience}. */
    public List<CommandDescription> commands(Duration patience) throws AgentErrorException, AgentUnavailableException {
        var commands = new LinkedHashMap<String, JsonObject>();
        for (var entry : listed(patience)) {
            commands.put(entry.name(), entry.json());
        }
        if (commands.containsKey(DESCRIBE) && Member.flag(commands.get(DESCRIBE), "enabled").orElse(true)) {
            for (var described : Member.objects(connection().call(DESCRIBE, null, patience, true))) {
                var known = commands.get(Member.text(described, "name").orElse(""));
                if (known != null) {
                    described.asMap().forEach(known::add);
                }
            }
        }
        return commands.entrySet().stream().map(entry -> new CommandDescription(entry.getKey(), entry.getValue())).toList();
    }

    /**
     * What is known about one command, to call it well: all of it from an agent that can describe itself, little from another.
     *
     * @return empty if the agent does not know the command, or tells nothing about itself
     */
    public Optional<CommandDescription> lookUp(String command) throws AgentUnavailableException {
        try {
            return described(command);
        } catch (AgentErrorException e) {
            try {
                return listed(wait).stream().filter(entry -> entry.name().equals(command)).findFirst();
            } catch (AgentErrorException blocked) {
                return Optional.empty();
            }
        }
    }

    /**
     * What the agent says about a command.
     *
     * @return empty if this agent cannot describe its commands
     * @throws AgentErrorException if it can, and does not know this one
     */
    public Optional<CommandDescription> describe(String command) throws AgentErrorException, AgentUnavailableException {
        try {
            return described(command);
        } catch (AgentErrorException e) {
            if (e.isCommandNotFound() && listed(wait).stream().noneMatch(entry -> entry.name().equals(DESCRIBE))) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** How many bytes a request may have on the way there. */
    public int longestRequest() throws AgentUnavailableException {
        return connection().longestRequest();
    }

    /** Makes the waiting call give up. May be called from any thread. */
    public void cancel() {
        var current = connection;
        if (current != null) {
            current.cancel();
        }
    }

    @Override
    public void close() throws IOException {
        if (connection != null) {
            connection.close();
        }
    }

    private Optional<CommandDescription> described(String command) throws AgentErrorException, AgentUnavailableException {
        var arguments = new JsonObject();
        arguments.addProperty("command", command);
        return Member.objects(call(DESCRIBE, arguments, true)).stream()
            .filter(entry -> Member.text(entry, "name").equals(Optional.of(command)))
            .map(entry -> new CommandDescription(command, entry))
            .findFirst();
    }

    private List<CommandDescription> listed(Duration patience) throws AgentErrorException, AgentUnavailableException {
        if (connection().call("guest-info", null, patience, true) instanceof JsonObject info) {
            return Member.objects(info.get("supported_commands")).stream()
                .filter(entry -> Member.text(entry, "name").isPresent())
                .map(entry -> new CommandDescription(Member.text(entry, "name").get(), entry))
                .toList();
        }
        return List.of();
    }

    private AgentChannel connection() throws AgentUnavailableException {
        if (connection == null || !connection.isOpen()) {
            connection = target.open(AgentConnection.syncWait(wait));
        }
        return connection;
    }
}
