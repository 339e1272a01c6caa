package io.lodger.save.participation;

import io.lodger.save.participant.SaveOccasion;
import io.lodger.save.participant.SaveParticipant;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** What participants are told on one occasion. The save's thread calls it; participants may be taken away by others meanwhile. */
public final class Participation implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Participation.class.getName());

    private final SaveOccasion occasion;
    private final Supplier<List<SaveParticipant>> all;
    /** Those who are to be told to resume, the last one first. */
    private final Deque<Asked> asked = new ArrayDeque<>();
    /** Who is being told to resume right now. */
    private SaveParticipant resuming;
    private boolean captured;
    private String lost;

    /** Somebody who was asked to suspend. */
    private record Asked(SaveParticipant participant, BoundedCall suspension) {
    }

    /** Something that a participant is told. */
    private interface Step {

        void tell(SaveParticipant participant, SaveOccasion occasion) throws Exception;
    }

    Participation(SaveOccasion occasion, Supplier<List<SaveParticipant>> all) {
        this.occasion = occasion;
        this.all = all;
    }

    /**
     * Has everybody suspend, one after the other.
     *
     * @throws IOException when one can't or takes too long; all were told to resume
     */
    public void suspend() throws IOException, InterruptedException {
        for (var participant : all.get()) {
            try {
                begin(participant).await();
                checkNobodyIsLost();
            } catch (IOException | InterruptedException e) {
                resume();
                throw e;
            }
        }
    }

    private synchronized BoundedCall begin(SaveParticipant participant) {
        var call = new BoundedCall(participant, "suspend", () -> {
            participant.suspend(occasion);
            return null;
        });
        asked.push(new Asked(participant, call));
        return call;
    }

    /**
     * Tells everybody that the moment is captured.
     *
     * @throws IOException when somebody was taken away before it was, and may not have been quiet; all were told to resume
     */
    public void postcopy() throws IOException, InterruptedException {
        try {
            checkNobodyIsLost();
        } catch (IOException e) {
            resume();
            throw e;
        }
        tell("postcopy", SaveParticipant::postcopy);
    }

    private synchronized void checkNobodyIsLost() throws IOException {
        if (lost != null) {
            throw new IOException("the participant '" + lost + "' was taken away before the moment was captured");
        }
    }

    /** Tells everybody that the image is written. */
    public void checkpoint() throws InterruptedException {
        tell("checkpoint", SaveParticipant::checkpoint);
    }

    private void tell(String what, Step step) throws InterruptedException {
        List<Asked> those;
        synchronized (this) {
            captured = true;
            those = List.copyOf(asked);
        }
        for (int i = those.size() - 1; i >= 0; i--) {
            tell(those.get(i).participant(), what, step);
        }
    }

    private void tell(SaveParticipant participant, String what, Step step) throws InterruptedException {
        try {
            new BoundedCall(participant, what, () -> {
                step.tell(participant, occasion);
                return null;
            }).await();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, e.getMessage());
        }
    }

    /** Tells everybody who was asked to suspend, and not yet told to go on, to go on. Does all of it, also when interrupted. */
    public void resume() {
        for (var next = next(); next != null; next = next()) {
            resume(next);
        }
    }

    private synchronized Asked next() {
        var next = asked.poll();
        resuming = next == null ? null : next.participant();
        notifyAll();
        return next;
    }

    private void resume(Asked one) {
        if (!one.suspension().endsSoon()) {
            LOG.log(System.Logger.Level.ERROR, "the participant ''{0}'' does not end its suspend, and can''t be told to resume",
                    one.participant().name());
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            tell(one.participant(), "resume", SaveParticipant::resume);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells somebody to go on who is being taken away. Before the moment is captured the save fails of it. */
    void leave(SaveParticipant participant) {
        Asked found;
        synchronized (this) {
            awaitResumed(participant);
            found = asked.stream().filter(one -> one.participant() == participant).findFirst().orElse(null);
            if (found == null) {
                return;
            }
            asked.remove(found);
            lost = captured ? null : participant.name();
        }
        found.suspension().interrupt();
        resume(found);
    }

    private void awaitResumed(SaveParticipant participant) {
        try {
            while (resuming == participant) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it: nobody is left suspended. */
    @Override
    public void close() {
        resume();
    }
}
