package io.lodger.core.event;

/** A connection, as far as events go to it. */
public interface EventReceiver {

    /** Takes an event in, or drops it where the host doesn't read; never waits. */
    void offer(Event event);
}
