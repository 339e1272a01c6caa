package io.lodger.ctl.libvirt;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.lodger.ctl.agent.AgentChannel;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.agent.Replies;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;

/** A domain's agent: each call is a {@code virsh qemu-agent-command}. libvirt synchronises with the agent before each by itself. */
final class DomainChannel implements AgentChannel {
    /**
     * The kernel's limit of one argument of a program (MAX_ARG_STRLEN of execve(2): 32 pages, with the NUL). libvirt's own is 4 MiB
     * (REMOTE_STRING_MAX), and that of QEMU's chardev none.
     */
    private static final int LONGEST_ARGUMENT = 32 * 4096 - 1;
    /** For libvirt to get at the domain and to synchronise, beside the time the call may take. */
    private static final Duration OVERHEAD = Duration.ofSeconds(60);
    /** How libvirt reports an error reply. It leaves the class out. */
    private static final Pattern REFUSED = Pattern.compile("(?s).*unable to execute QEMU agent command '[^']*': (.*)");
    private static final Pattern UNKNOWN = Pattern.compile("(?s)The command .* has not been found|Command .* has been disabled.*");
    private static final Pattern NO_REPLY =
        Pattern.compile("(?s).*(respond to command within|[Gg]uest agent disappeared while executing command).*");

    private final Virsh virsh;
    private final String domain;
    private final Replies replies = new Replies();
    private volatile Process running;
    private volatile boolean cancelled;

    DomainChannel(Virsh virsh, String domain) {
        this.virsh = virsh;
        this.domain = domain;
    }

    @Override
    public JsonElement call(String command, JsonObject arguments, Duration wait, boolean respondsOnSuccess)
            throws AgentErrorException, AgentUnavailableException {
        cancelled = false;
        var line = new ArrayList<>(List.of("qemu-agent-command"));
        if (wait.isZero()) {
            line.add("--block");
        } else {
            line.addAll(List.of("--timeout", Long.toString(Math.max(1, wait.toSeconds()))));
        }
        line.addAll(List.of("--domain", domain, "--cmd", request(command, arguments)));
        running = virsh.start(line);
        var outcome = virsh.run(running, wait.isZero() ? wait : wait.plus(OVERHEAD));
        if (cancelled) {
            throw new CancellationException("cancelled");
        }
        if (outcome.status() == 0) {
            try {
                return replies.result(replies.parse(outcome.output()));
            } catch (ProtocolException e) {
                throw new AgentUnavailableException("the agent of " + domain + " sent " + e.getMessage());
            }
        }
        if (!respondsOnSuccess && NO_REPLY.matcher(outcome.errors()).matches()) {
            return new JsonObject();
        }
        var refused = REFUSED.matcher(outcome.errors());
        if (refused.matches()) {
            var sentence = refused.group(1);
            throw new AgentErrorException(UNKNOWN.matcher(sentence).matches() ? "CommandNotFound" : "GenericError", sentence);
        }
        throw new AgentUnavailableException("libvirt got no answer to " + command + " from " + domain + ": " + outcome.errors());
    }

    private static String request(String command, JsonObject arguments) {
        var request = new JsonObject();
        request.addProperty("execute", command);
        if (arguments != null) {
            request.add("arguments", arguments);
        }
        return request.toString();
    }

    @Override
    public int longestRequest() {
        return LONGEST_ARGUMENT;
    }

    @Override
    public void cancel() {
        cancelled = true;
        var process = running;
        if (process != null) {
            process.destroy();
        }
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // Each call ends by itself.
    }
}
