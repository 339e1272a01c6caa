package io.lodger.posix;

import java.util.Arrays;

/**
 * What an {@link Epoll} watches, by the 64 bits that the kernel hands back with an event: a slot in the lower half, and a
 * generation in the upper half that tells an event of the slot's former holder from one of its present holder.
 */
final class Registrations {

    /** Stands for no descriptor; never given to one. */
    static final long NONE = -1;

    private Descriptor[] descriptors = new Descriptor[8];
    private long[] data = new long[8];
    private int generation;

    /** The data for a descriptor about to be registered. A slot whose descriptor was closed is free. */
    long next() {
        int slot = 0;
        while (slot < descriptors.length && descriptors[slot] != null && descriptors[slot].isOpen()) {
            slot++;
        }
        if (slot == descriptors.length) {
            descriptors = Arrays.copyOf(descriptors, slot * 2);
            data = Arrays.copyOf(data, slot * 2);
        }
        generation = (generation + 1) & Integer.MAX_VALUE;
        return (long) generation << 32 | slot;
    }

    void put(long key, Descriptor descriptor) {
        descriptors[(int) key] = descriptor;
        data[(int) key] = key;
    }

    /** The descriptor registered with the data, or null when it is registered no more. */
    Descriptor get(long key) {
        return key != NONE && data[(int) key] == key ? descriptors[(int) key] : null;
    }

    /** The data a descriptor was registered with, or {@link #NONE}. */
    long data(Descriptor descriptor) {
        int slot = Arrays.asList(descriptors).indexOf(descriptor);
        return slot < 0 ? NONE : data[slot];
    }

    /** Forgets a descriptor; false when it wasn't there. */
    boolean remove(Descriptor descriptor) {
        int slot = Arrays.asList(descriptors).indexOf(descriptor);
        if (slot < 0) {
            return false;
        }
        descriptors[slot] = null;
        return true;
    }
}
