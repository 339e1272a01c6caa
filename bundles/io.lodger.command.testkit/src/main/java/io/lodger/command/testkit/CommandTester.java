package io.lodger.command.testkit;

import io.lodger.command.Command;
import io.lodger.command.FrozenState;
import io.lodger.core.builtin.Describe;
import io.lodger.core.builtin.Ping;
import io.lodger.core.dispatch.Channel;
import io.lodger.core.dispatch.CommandPolicy;
import io.lodger.core.dispatch.Conversation;
import io.lodger.core.dispatch.Dispatcher;
import io.lodger.core.execution.WorkerPool;
import io.lodger.core.job.Jobs;
import io.lodger.core.registry.CommandDescription.Origin;
import io.lodger.core.registry.CommandDescription;
import io.lodger.core.registry.CommandRegistry;
import io.lodger.core.registry.RegisteredCommand.Handling;
import io.lodger.core.registry.RegisteredCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs one command as an agent does: the same framing, the same binding of arguments and results, the same errors.
 *
 * <pre>{@code
 * try (var tester = CommandTester.of(new Hello())) {
 *     assertEquals("{\"return\": \"Hello, Ada\"}", tester.call("{'name': 'Ada'}"));
 * }
 * }</pre>
 */
public final class CommandTester implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final CommandRegistry registry = new CommandRegistry();
    private final WorkerPool workers = new WorkerPool(2);
    private final Jobs jobs = new Jobs(workers.clock());
    private final MemoryConnection connection = new MemoryConnection();
    private final RegisteredCommand registered;
    private final Origin origin;
    private final Thread reader;

    private CommandTester(Command<?, ?> command) {
        origin = BundleManifest.originOf(command.getClass());
        registered = add(command);
        registry.add(new CommandDescription(Ping.class, Ping.FACTS, origin), new Ping(), Handling.IMMEDIATE);
        add(new Describe(registry));
        registry.complete();
        var policy = new CommandPolicy(Optional.empty(), List.of(), new NeverFrozen());
        var channel = new Channel(new Dispatcher(registry, policy, jobs), workers, Duration.ofSeconds(2));
        reader = new Thread(() -> converse(channel), "tester");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * A tester of a command.
     *
     * @throws IllegalArgumentException when its class isn't what the contract asks for; the message says what is missing
     */
    public static CommandTester of(Command<?, ?> command) {
        return new CommandTester(command);
    }

    private RegisteredCommand add(Command<?, ?> command) {
        return registry.add(CommandDescription.of(command.getClass(), origin), command, Handling.WORKER);
    }

    private void converse(Channel channel) {
        try {
            new Conversation(channel, connection).run();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("a connection in memory doesn't break", e);
        }
    }

    /**
     * Calls the command and waits for its reply.
     *
     * @param arguments a JSON object; single quotes will do
     * @return the reply as it stands on the wire, without its line end; empty when the command sends none
     */
    public String call(String arguments) throws InterruptedException {
        start(arguments);
        return reply();
    }

    /** Calls the command and doesn't wait for its reply. */
    public void start(String arguments) {
        // The ping's reply comes next in any case, and so shows when the command sent none.
        send("{\"execute\": \"" + registered.description().name() + "\", \"arguments\": " + arguments + "}{'execute': 'guest-ping'}");
    }

    /** Waits for the reply to the call that was started; empty when the command sends none. */
    public String reply() throws InterruptedException {
        var reply = connection.receive(PATIENCE);
        if (reply.equals("{\"return\": {}}") && !registered.description().facts().respondsOnSuccess()) {
            return "";
        }
        connection.receive(PATIENCE);
        return reply;
    }

    /**
     * Calls a command that starts a job, and waits for the job's end.
     *
     * @param arguments a JSON object; single quotes will do
     * @return what the reply would be if the command had done the job's work itself: {@code {"return": …}} or {@code {"error": …}};
     *     the command's own reply when it started no job
     */
    public String callJob(String arguments) throws InterruptedException {
        start(arguments);
        return jobReply();
    }

    /** Waits for the end of the job that the call that was started has started, and gives what {@link #callJob} does. */
    public String jobReply() throws InterruptedException {
        return new JobReply(jobs, PATIENCE).to(reply());
    }

    /** Asks the job to end that {@code reply} names, as {@link #call} gave it, and gives what {@link #callJob} does once it has ended. */
    public String cancelJob(String reply) throws InterruptedException {
        return new JobReply(jobs, PATIENCE).toCancelled(reply);
    }

    /**
     * Takes the command away, as an update of its bundle does: calls that run are cancelled and waited for. Returns when they have
     * ended, or were given up after five seconds; their replies tell which.
     */
    public void takeAway() {
        registry.remove(registered);
    }

    /**
     * Checks that the command's wire contract is what it was: {@code <folder>/<command>.json} holds it. With the system property
     * {@code lodger.schema.write} the file is written instead, if it is new or the bundle's version is higher than when it was
     * written last.
     *
     * @throws AssertionError when the contract has changed
     */
    public void checkSchema(Path folder) throws IOException, InterruptedException {
        send("{\"execute\": \"lodger-describe\", \"arguments\": {\"command\": \"" + registered.description().name() + "\"}}");
        new GoldenSchema(folder.resolve(registered.description().name() + ".json"), origin.version())
                .check(connection.receive(PATIENCE));
    }

    private void send(String json) {
        connection.send(json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        connection.close();
        jobs.close();
        workers.close();
        reader.interrupt();
    }

    private static final class NeverFrozen implements FrozenState {

        @Override
        public boolean isFrozen() {
            return false;
        }

        @Override
        public void freeze() {
            throw new UnsupportedOperationException("the testkit freezes nothing");
        }

        @Override
        public void thaw() {
            throw new UnsupportedOperationException("the testkit freezes nothing");
        }
    }
}
