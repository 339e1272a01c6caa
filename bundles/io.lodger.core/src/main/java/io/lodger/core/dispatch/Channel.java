package io.lodger.core.dispatch;

import io.lodger.core.protocol.Reply;
import io.lodger.core.protocol.Request;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/**
 * The requests of one channel, answered one after the other in the order in which they came, whichever connection they came by.
 *
 * <p>One thread at a time has the turn: the reading thread for what takes no time, else a worker, which goes on until nothing is
 * left. When a command keeps the host waiting that wants to be in step again, the command is cancelled, its reply will be dropped,
 * and the turn passes to another worker; the old one finds, whenever its command ends, that it lost the turn.
 *
 * <p>A call that lost the turn may still run. Commands of the same bundle wait for it before they begin: no two calls of one command
 * family on one channel ever overlap, so a question about a family's state never overtakes the command that is changing it.
 */
public final class Channel {

    private static final System.Logger LOG = System.getLogger(Channel.class.getName());

    /** So many requests, and so many bytes of them, may wait; then the agent reads no further until there is room again. */
    private static final int WAITING_LIMIT = 1024;
    private static final long WAITING_BYTES_LIMIT = 64L << 20;

    /** After a request of this size its memory is given back to the machine rather than kept for the next. */
    private static final int LARGE_REQUEST = 4 << 20;

    private final Dispatcher dispatcher;
    private final WorkerPool workers;
    private final Duration grace;

    private final Deque<Pending> waiting = new ArrayDeque<>();
    private final List<Call> detached = new ArrayList<>();
    private long waitingBytes;
    private int resynchronising;
    private Turn turn;
    private Call running;
    private Future<?> graceTimer;

    /** The right to answer the next request. */
    private static final class Turn {
    }

    /** A channel whose commands may go on for the grace once a sync waits behind them. */
    public Channel(Dispatcher dispatcher, WorkerPool workers, Duration grace) {
        this.dispatcher = dispatcher;
        this.workers = workers;
        this.grace = grace;
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
        if (call != null) {
            cancel(call, "the host sent 0xFF");
        }
    }

    private void submit(Pending item) throws InterruptedException {
        item.to().owe();
        Turn mine = null;
        synchronized (this) {
            while (waiting.size() >= WAITING_LIMIT || waitingBytes > 0 && waitingBytes + item.bytes() > WAITING_BYTES_LIMIT) {
                wait();
            }
            waiting.add(item);
            waitingBytes += item.bytes();
            if (item.resynchronises() && resynchronising++ == 0 && running != null) {
                startGrace(running);
            }
            if (turn == null) {
                turn = mine = new Turn();
            }
        }
        if (mine != null) {
            answer(mine, false);
        }
    }

    /** Answers what waits for as long as this thread has the turn. */
    private void answer(Turn mine, boolean worker) throws InterruptedException {
        while (true) {
            Pending item;
            Call call;
            synchronized (this) {
                if (turn != mine) {
                    return;
                }
                item = waiting.peek();
                if (item == null) {
                    turn = null;
                    return;
                }
                if (!worker && !isImmediate(item)) {
                    passTurn();
                    return;
                }
                call = take();
            }
            answer(call, mine);
            item.to().awaitRoom();
        }
    }

    private boolean isImmediate(Pending item) {
        return item.request().map(dispatcher::isImmediate).orElse(true);
    }

    private Call take() {
        var item = waiting.remove();
        waitingBytes -= item.bytes();
        if (item.resynchronises()) {
            resynchronising--;
        }
        notifyAll();
        var call = new Call(this, item);
        running = call;
        if (resynchronising > 0 && !isImmediate(item)) {
            startGrace(call);
        }
        return call;
    }

    private void stopRunning() {
        running = null;
        if (graceTimer != null) {
            graceTimer.cancel(false);
            graceTimer = null;
        }
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
        settle(item, reply);
        if (item.bytes() >= LARGE_REQUEST) {
            System.gc();
        }
    }

    private Optional<Reply> reply(Call call) {
        var item = call.request();
        return item.answer().or(() -> dispatcher.dispatch(item.request().orElseThrow(), call));
    }

    private static void settle(Pending item, Optional<Reply> reply) {
        reply.ifPresentOrElse(item.to()::settle, item.to()::settle);
    }

    /** Gives the turn to a new worker. While there is none to be had, requests that need one are answered with an error. */
    private synchronized void passTurn() {
        while (!waiting.isEmpty()) {
            var next = new Turn();
            turn = next;
            try {
                workers.execute(() -> answerAsWorker(next));
                return;
            } catch (RejectedExecutionException e) {
                var call = take();
                stopRunning();
                settle(call.request(), isImmediate(call.request()) ? reply(call) : Optional.of(noWorker(call.request())));
            }
        }
        turn = null;
    }

    private void answerAsWorker(Turn mine) {
        try {
            answer(mine, true);
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.DEBUG, "a worker ends with the agent");
        }
    }

    private Reply noWorker(Pending item) {
        return Reply.error("All " + workers.size() + " workers of the agent are taken by commands that still run; "
                + "try again when one has ended", item.request().flatMap(Request::id));
    }

    private void startGrace(Call call) {
        graceTimer = workers.after(grace, () -> {
            boolean waited;
            synchronized (this) {
                waited = running == call && resynchronising > 0;
            }
            if (waited && call.command().map(c -> c.description().facts().cancelledBySync()).orElse(true)) {
                cancel(call, "a sync waited behind it for " + grace.toMillis() + " ms");
            }
        });
    }

    private void cancel(Call call, String reason) {
        LOG.log(System.Logger.Level.WARNING, "command {0} is cancelled: {1}",
                call.request().request().map(Request::command).orElse("?"), reason);
        call.cancel("The command was cancelled: " + reason);
        detach(call, Optional.empty());
    }

    /** Goes on without waiting for a call; the host gets this error for it, or nothing. */
    void detach(Call call, Optional<String> error) {
        synchronized (this) {
            if (running != call) {
                return;
            }
            stopRunning();
            detached.add(call);
            var item = call.request();
            settle(item, error.map(text -> Reply.error(text, item.request().flatMap(Request::id))));
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
