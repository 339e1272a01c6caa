package io.lodger.core.dispatch;

import io.lodger.core.protocol.Reply;
import io.lodger.core.protocol.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * The requests of one channel, answered one after the other in the order in which they came, whichever connection they came by. One
 * thread brings them.
 *
 * <p>While nothing is going on, that thread itself answers what takes no time. Everything else is for the worker that has the turn,
 * which goes on until nothing is left. When a command keeps the host waiting that wants to be in step again, the command is
 * cancelled, its reply will be dropped, and the turn passes to another worker; the old one finds, whenever its command ends, that it
 * lost the turn.
 *
 * <p>A call that lost the turn may still run. Commands of the same bundle wait for it before they begin: no two calls of one command
 * family on one channel ever overlap, so a question about a family's state never overtakes the command that is changing it.
 */
public final class Channel {

    private static final System.Logger LOG = System.getLogger(Channel.class.getName());

    /** After a request of this size its memory is given back to the machine rather than kept for the next. */
    private static final int LARGE_REQUEST = 4 << 20;

    private final Dispatcher dispatcher;
    private final WorkerPool workers;
    private final Duration grace;
    private final SpareBuffers buffers = new SpareBuffers();

    private final RequestQueue waiting = new RequestQueue();
    private final List<Call> detached = new ArrayList<>();
    private Turn turn;
    private Call running;
    private Future<?> graceTimer;

    /** The right of one worker to answer what waits. There is none while nothing waits or runs. */
    private static final class Turn {
    }

    /** A channel whose commands may go on for the grace once a sync waits behind them. */
    public Channel(Dispatcher dispatcher, WorkerPool workers, Duration grace) {
        this.dispatcher = dispatcher;
        this.workers = workers;
        this.grace = grace;
    }

    /** Memory for the channel's connections. */
    SpareBuffers buffers() {
        return buffers;
    }

    /** Takes a request in; waits while too many are there already. */
    public void request(Request request, int bytes, Outbox from) throws InterruptedException {
        submit(new Pending(from, Optional.of(request), Optional.empty(), dispatcher.isSync(request), bytes));
    }

    /**
     * Takes in something that can't be read as a request, with the reply that it will get in its turn.
     *
     * @param resynchronises whether it was the byte 0xFF, by which the host says that it wants to be in step again
     */
    public void refuse(Reply reply, boolean resynchronises, Outbox from) throws InterruptedException {
        submit(new Pending(from, Optional.empty(), Optional.of(reply), resynchronises, 0));
    }

    /** Cancels the running command at once, for the host has given it up: it sent the byte 0xFF. */
    public void resynchronise() {
        Call call;
        synchronized (this) {
            call = running;
        }
        if (call != null && !isImmediate(call.request())) {
            cancel(call, "the host sent 0xFF");
        }
    }

    private void submit(Pending item) throws InterruptedException {
        var to = item.to();
        to.owe();
        if (enqueue(item)) {
            return;
        }
        to.settleSoon(reply(new Call(this, workers, item, false)));
        to.awaitRoom();
    }

    /** Leaves the request to a worker (true), unless it takes no time and nothing is before it (false). */
    private synchronized boolean enqueue(Pending item) throws InterruptedException {
        if (turn == null && isImmediate(item)) {
            return false;
        }
        while (!waiting.hasRoomFor(item)) {
            item.to().flush();
            wait();
        }
        waiting.add(item);
        if (item.resynchronises() && running != null && graceTimer == null) {
            startGrace(running);
        }
        if (turn == null) {
            passTurn();
        }
        return true;
    }

    private boolean isImmediate(Pending item) {
        return item.request().map(dispatcher::isImmediate).orElse(true);
    }

    /** Gives the turn to a new worker. While there is none to be had, requests that need one are answered with an error. */
    private synchronized void passTurn() {
        while (!waiting.isEmpty()) {
            var next = new Turn();
            if (workers.tryExecute(() -> work(next))) {
                turn = next;
                return;
            }
            var item = waiting.remove();
            notifyAll();
            item.to().settle(isImmediate(item) ? reply(new Call(this, workers, item, false)) : Optional.of(noWorker(item)));
        }
        turn = null;
    }

    private Reply noWorker(Pending item) {
        return Reply.error("All " + workers.size() + " workers of the agent are taken by commands that still run ("
                + String.join(", ", dispatcher.running()) + "); try again when one has ended", item.request().flatMap(Request::id));
    }

    /** Answers what waits for as long as this worker has the turn. */
    private void work(Turn mine) {
        for (var call = next(mine); call != null; call = next(mine)) {
            answer(call, mine);
            try {
                call.request().to().awaitRoom();
            } catch (InterruptedException e) {
                // Whoever interrupts a worker between two commands has mistaken its time; only the end of the agent counts.
                if (workers.isClosed()) {
                    return;
                }
            }
        }
    }

    /** The call to be answered next; null when the worker lost the turn, or nothing is left and the turn ends. */
    private synchronized Call next(Turn mine) {
        if (turn != mine || waiting.isEmpty()) {
            turn = turn == mine ? null : turn;
            // Within the lock, so that a request that finds no turn always finds the worker that has just become free.
            workers.release();
            return null;
        }
        var item = waiting.remove();
        notifyAll();
        running = new Call(this, workers, item, true);
        if (waiting.holdsSync() && !isImmediate(item)) {
            startGrace(running);
        }
        return running;
    }

    private void answer(Call call, Turn mine) {
        var item = call.request();
        var reply = reply(call);
        synchronized (this) {
            detached.remove(call);
            notifyAll();
            if (turn != mine) {
                return;
            }
            stopRunning();
        }
        item.to().settle(reply);
        if (item.bytes() >= LARGE_REQUEST) {
            System.gc();
        }
    }

    private Optional<Reply> reply(Call call) {
        var item = call.request();
        return item.answer().or(() -> dispatcher.dispatch(item.request().orElseThrow(), call));
    }

    private void stopRunning() {
        running = null;
        if (graceTimer != null) {
            graceTimer.cancel(false);
            graceTimer = null;
        }
    }

    private void startGrace(Call call) {
        graceTimer = workers.after(grace, () -> {
            if (isAwaitedBySync(call) && call.command().map(c -> c.description().facts().cancelledBySync()).orElse(true)) {
                cancel(call, "a sync waited behind it for " + grace.toMillis() + " ms");
            }
        });
    }

    private synchronized boolean isAwaitedBySync(Call call) {
        return running == call && waiting.holdsSync();
    }

    private void cancel(Call call, String reason) {
        LOG.log(System.Logger.Level.WARNING, "command {0} is cancelled: {1}",
                call.request().request().map(Request::command).orElse("?"), reason);
        call.cancel("The command was cancelled: " + reason);
        detach(call, Optional.empty());
    }

    /** Goes on without waiting for a call; the host gets this error for it, or nothing. */
    synchronized void detach(Call call, Optional<String> error) {
        if (running == call) {
            stopRunning();
            detached.add(call);
            var item = call.request();
            item.to().settle(error.map(text -> Reply.error(text, item.request().flatMap(Request::id))));
            passTurn();
        }
    }

    /** Waits until no call runs any more that lost the turn and belongs to the same bundle as this one. */
    synchronized void awaitFamily(Call call) throws InterruptedException {
        while (detached.stream().anyMatch(other -> other != call && call.isOfSameFamily(other))) {
            wait();
        }
    }
}
