package io.lodger.core.dispatch;

import io.lodger.command.CommandException;
import io.lodger.command.Job;
import io.lodger.command.StartedJob;
import io.lodger.core.bundles.access.ChannelContext;
import io.lodger.core.event.EventContext;
import io.lodger.core.event.EventFeed;
import io.lodger.core.execution.Clock;
import io.lodger.core.execution.Execution;
import io.lodger.core.output.ReplyFate;
import io.lodger.core.protocol.Request;
import io.lodger.core.registry.RegisteredCommand;
import io.lodger.core.registry.RunningCall;
import java.time.Duration;
import java.util.Optional;

/** One call of a command: what the command sees of it, and the handle by which it is cancelled. */
final class Call implements EventContext, ChannelContext, RunningCall {

    private final Channel channel;
    private final Pending request;
    private final boolean onWorker;
    private final Execution execution;
    private ReplyFate fate;
    private Runnable whenSettled = () -> { };
    private RegisteredCommand command;

    /** A call that answers a request, on a worker or on the thread that reads the channel. */
    Call(Channel channel, Clock clock, Pending request, boolean onWorker) {
        this.channel = channel;
        this.request = request;
        this.onWorker = onWorker;
        execution = new Execution(request.request().map(Request::command).orElse("?"), clock);
    }

    @Override
    public String channel() {
        return channel.name();
    }

    /** The request that this call answers. */
    Pending request() {
        return request;
    }

    /** Whether the call may take its time, and be cancelled. */
    boolean isOnWorker() {
        return onWorker;
    }

    @Override
    public Duration age() {
        return execution.age();
    }

    /** Says which command the call goes to, before it is entered. */
    synchronized void direct(RegisteredCommand to) {
        command = to;
    }

    /** The command that the call runs in; empty while it is not known. */
    synchronized Optional<RegisteredCommand> command() {
        return Optional.ofNullable(command);
    }

    /** Says that this thread executes the call from now on. */
    void begin() throws InterruptedException {
        execution.begin();
    }

    /** Waits until nothing stands against running the command. */
    void awaitFamily() throws InterruptedException {
        channel.awaitFamily(this);
    }

    /** Says that the command has ended. From here on nothing interrupts its thread. */
    void end() {
        execution.end();
    }

    /** Whether both calls go to commands of one bundle. */
    boolean isOfSameFamily(Call other) {
        return command().map(Call::bundle).equals(other.command().map(Call::bundle));
    }

    private static String bundle(RegisteredCommand command) {
        return command.description().origin().bundle();
    }

    /** Whom to tell what becomes of the reply, if anybody asked. */
    synchronized Optional<ReplyFate> fate() {
        return Optional.ofNullable(fate);
    }

    /** Says that the reply has been sent, or that there is none. */
    void settled() {
        whenSettled.run();
    }

    /** Why the call was cancelled, if it was. */
    Optional<String> cancelled() {
        return execution.cancelled();
    }

    @Override
    public void cancel(String reason) {
        execution.cancel(reason);
    }

    @Override
    public boolean isOverdue() {
        return execution.isOverdue();
    }

    @Override
    public boolean isJob() {
        return false;
    }

    @Override
    public void giveUp(String reason) {
        channel.detach(this, Optional.of(reason));
    }

    @Override
    public void progress(String what, long done, long total) {
        log().log(System.Logger.Level.DEBUG, "{0}: {1} of {2}", what, done, total);
    }

    @Override
    public boolean isCancelled() {
        return cancelled().isPresent();
    }

    @Override
    public synchronized void afterReply(Runnable whenSent, Runnable whenLost) {
        execution.requireRunning();
        fate = fate == null ? new ReplyFate() : fate;
        fate.add(whenSent, whenLost);
    }

    @Override
    public void events(Optional<EventFeed> feed) {
        whenSettled = () -> request.to().events(feed);
    }

    @Override
    public void onCancel(Runnable action) {
        execution.onCancel(action);
    }

    @Override
    public StartedJob startJob(String title, Job<?> job) throws CommandException {
        execution.requireRunning();
        var cancelled = cancelled();
        if (cancelled.isPresent()) {
            throw new CommandException(cancelled.get());
        }
        return channel.dispatcher().startJob(command().orElseThrow(), title, job);
    }

    /** Looked up when there is something to say: finding the log opens every jar, and a host is waiting while the agent starts. */
    private static System.Logger log() {
        return System.getLogger(Call.class.getName());
    }
}
