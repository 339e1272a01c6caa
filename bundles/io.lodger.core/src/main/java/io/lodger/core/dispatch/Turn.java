package io.lodger.core.dispatch;

import io.lodger.core.execution.WorkerPool;
import io.lodger.core.output.ReplyFate;

/** The right of one worker to answer what waits on a channel. There is none while nothing waits or runs. */
final class Turn implements Runnable {

    private final Channel channel;
    private final WorkerPool workers;
    private final Call first;

    /** A turn that begins with this call. */
    Turn(Channel channel, WorkerPool workers, Call first) {
        this.channel = channel;
        this.workers = workers;
        this.first = first;
    }

    /** Answers what waits, until nothing is left or the turn is lost. */
    @Override
    public void run() {
        for (var call = first; call != null; call = channel.next(this)) {
            answer(call);
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

    private void answer(Call call) {
        var reply = channel.reply(call);
        if (channel.end(call, this)) {
            call.request().to().settle(reply, call.fate());
            call.settled();
            workers.dealtWith(call.request().bytes());
        } else {
            call.fate().ifPresent(ReplyFate::lost);
        }
    }
}
