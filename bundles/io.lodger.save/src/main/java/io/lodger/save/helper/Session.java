package io.lodger.save.helper;

import io.lodger.save.engine.ImageOutput;
import io.lodger.save.engine.SaveSession;
import io.lodger.save.protocol.AgentCalls;
import io.lodger.save.protocol.LogLine;
import io.lodger.save.protocol.Progress;
import java.io.IOException;
import java.lang.System.Logger.Level;

/** What an engine is offered, most of it by the agent. */
final class Session implements SaveSession {

    private static final long PROGRESS_INTERVAL_NANOS = 100_000_000;
    private static final int LONGEST_TEXT = 8 << 10;

    private final AgentCalls agent;
    private final Cancellation cancellation;
    private final String engine;
    private final ImageOutput image;
    private long nextProgress = System.nanoTime();

    /** A session; without an image when there is none to write. */
    Session(AgentCalls agent, Cancellation cancellation, String engine, ImageOutput image) {
        this.agent = agent;
        this.cancellation = cancellation;
        this.engine = engine;
        this.image = image;
    }

    @Override
    public ImageOutput image() {
        if (image == null) {
            throw new IllegalStateException("a restore writes no image");
        }
        return image;
    }

    @Override
    public void log(Level level, String text) {
        agent.log(new LogLine(level, engine, text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "..." : text));
    }

    @Override
    public void progress(String what, long done, long total) {
        long now = System.nanoTime();
        synchronized (this) {
            if (now - nextProgress < 0 && done != total) {
                return;
            }
            nextProgress = now + PROGRESS_INTERVAL_NANOS;
        }
        agent.progress(new Progress(what, done, total));
    }

    @Override
    public boolean isCancelled() {
        return cancellation.isCancelled();
    }

    @Override
    public void onCancel(Runnable action) {
        cancellation.add(action);
    }

    @Override
    public void suspend() throws IOException, InterruptedException {
        agent.suspend();
    }

    @Override
    public void postcopy() throws IOException, InterruptedException {
        agent.postcopy();
    }

    @Override
    public void checkpoint() throws IOException, InterruptedException {
        agent.checkpoint();
    }

    @Override
    public void resume() throws IOException, InterruptedException {
        agent.resume();
    }
}
