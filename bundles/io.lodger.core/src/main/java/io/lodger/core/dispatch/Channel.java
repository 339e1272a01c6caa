package io.lodger.core.dispatch;

import io.lodger.core.execution.WorkerPool;
import io.lodger.core.output.Outbox;
import io.lodger.core.output.SpareBuffers;
import io.lodger.core.protocol.Reply;
import io.lodger.core.protocol.Request;
import java.time.Duration;
import java.util.Optional;

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

    private final String name;
    private final Dispatcher dispatcher;
    private final WorkerPool workers;
    private final Grace grace;
    private final SpareBuffers buffers = new SpareBuffers();

    private final RequestQueue waiting = new RequestQueue();
    private final DetachedCalls detached = new DetachedCalls();
    private Turn turn;
    private Call running;

    /** A channel of an agent that has but one. */
    public Channel(Dispatcher dispatcher, WorkerPool workers, Duration grace) {
        this("main", dispatcher, workers, grace);
    }

    /** A channel of this name whose commands may go on for the grace once a sync waits behind them. */
    public Channel(String name, Dispatcher dispatcher, WorkerPool workers, Duration grace) {
        this.name = name;
        this.dispatcher = dispatcher;
        this.workers = workers;
        this.grace = new Grace(this, workers.clock(), grace);
    }

    /** What runs the channel's calls. */
    Dispatcher dispatcher() {
        return dispatcher;
    }

    /** What the channel is called in the configuration. */
    String name() {
        return name;
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

    /**
     * Cancels the running command, whatever it is, for the host has given it up: it sent the byte 0xFF. At once, unless the command
     * has only just begun: what takes less than the grace is never lost.
     */
    public synchronized void resynchronise() {
        if (running != null) {
            grace.giveUp(running);
        }
    }

    private void submit(Pending item) throws InterruptedException {
        var to = item.to();
        to.owe();
        item.stopEvents();
        if (enqueue(item)) {
            return;
        }
        to.settleSoon(reply(new Call(this, workers.clock(), item, false)));
        workers.dealtWith(item.bytes());
        to.awaitRoom();
    }

    /** Leaves the request to a worker (true), unless it takes no time and nothing is before it (false). */
    private synchronized boolean enqueue(Pending item) throws InterruptedException {
        if (turn == null && dispatcher.isImmediate(item)) {
            return false;
        }
        while (!waiting.hasRoomFor(item)) {
            item.to().flush();
            wait();
        }
        waiting.add(item);
        if (item.resynchronises() && running != null) {
            grace.begin(running);
        }
        if (turn == null) {
            passTurn();
        }
        return true;
    }

    /** Gives the turn to a new worker. While there is none to be had, requests that need one are answered with an error. */
    private synchronized void passTurn() {
        while (!waiting.isEmpty()) {
            var call = start();
            var next = new Turn(this, workers, call);
            if (workers.tryExecute(next)) {
                turn = next;
                return;
            }
            stopRunning();
            var item = call.request();
            item.to().settle(dispatcher.isImmediate(item) ? reply(new Call(this, workers.clock(), item, false))
                    : item.request().map(request -> ErrorReplies.noWorker(request, workers.size(), dispatcher.running())));
        }
        turn = null;
    }

    /** The call to be answered next; null when the turn is lost, or nothing is left and it ends. */
    synchronized Call next(Turn mine) {
        if (turn != mine || waiting.isEmpty()) {
            turn = turn == mine ? null : turn;
            // Within the lock, so that a request that finds no turn always finds the worker that has just become free.
            workers.release();
            return null;
        }
        return start();
    }

    private Call start() {
        var call = new Call(this, workers.clock(), waiting.remove(), true);
        notifyAll();
        running = call;
        if (waiting.holdsSync()) {
            grace.begin(call);
        }
        return call;
    }

    /** Says that a call has ended; false when it lost the turn, and its reply is to be dropped. */
    synchronized boolean end(Call call, Turn mine) {
        detached.remove(call);
        if (turn != mine) {
            return false;
        }
        stopRunning();
        return true;
    }

    /** The reply to the request of a call, which runs its command if it has one. */
    Optional<Reply> reply(Call call) {
        var item = call.request();
        // Once more than when it was read: what was before it in the queue may have asked for events since.
        item.stopEvents();
        return item.answer().or(() -> dispatcher.dispatch(item.request().orElseThrow(), call));
    }

    private void stopRunning() {
        running = null;
        grace.forget();
    }

    /** Goes on without waiting for a call; the host gets this error for it, or nothing. False when the call has ended already. */
    synchronized boolean detach(Call call, Optional<String> error) {
        if (running != call) {
            return false;
        }
        stopRunning();
        detached.add(call);
        var item = call.request();
        item.to().settle(error.map(text -> Reply.error(text, item.request().flatMap(Request::id))));
        passTurn();
        return true;
    }

    /** Waits until no call runs any more that lost the turn and belongs to the same bundle as this one. */
    void awaitFamily(Call call) throws InterruptedException {
        detached.awaitFamily(call);
    }
}
