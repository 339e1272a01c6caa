package io.lodger.snapshot.capture;

import io.lodger.posix.ErrnoException;
import io.lodger.posix.Ptrace;
import io.lodger.posix.ThreadList;
import io.lodger.snapshot.process.Waiting;
import java.io.IOException;
import java.util.Arrays;

/** The ids of the target's threads that are seized, in the order in which they were found. */
final class SeizedThreads implements AutoCloseable {

    private static final int FIRST_ROOM = 256;

    private final int pid;
    private final Ptrace ptrace;
    private final ThreadList list;
    private int[] listed = new int[FIRST_ROOM];
    private int[] tids = new int[FIRST_ROOM];
    /** Where a thread id stands in {@code tids}, by its hash; -1 for nowhere. Always half empty at least. */
    private int[] index = {};
    private int count;

    SeizedThreads(int pid, Ptrace ptrace) throws IOException {
        this.pid = pid;
        this.ptrace = ptrace;
        this.list = new ThreadList(pid);
        makeRoom(FIRST_ROOM);
        makeRoom(listed() * 2);
    }

    private void makeRoom(int room) {
        if (index.length < room * 2) {
            tids = Arrays.copyOf(tids, Math.max(tids.length, room));
            index = new int[Integer.highestOneBit(room) * 4];
            fillIndex();
        }
    }

    private void fillIndex() {
        Arrays.fill(index, -1);
        for (int i = 0; i < count; i++) {
            index[place(tids[i])] = i;
        }
    }

    /** Where a thread id is or would be in the index. */
    private int place(int tid) {
        int place = tid & index.length - 1;
        while (index[place] >= 0 && tids[index[place]] != tid) {
            place = place + 1 & index.length - 1;
        }
        return place;
    }

    /** How many threads the process has now. */
    int listed() throws IOException {
        int found = list.list(listed);
        while (found > listed.length) {
            listed = new int[found * 2];
            found = list.list(listed);
        }
        return found;
    }

    /** Seizes the threads that aren't yet. */
    void addNew() throws IOException {
        int found = listed();
        makeRoom(count + found);
        for (int i = 0; i < found; i++) {
            int place = place(listed[i]);
            if (index[place] < 0 && isSeized(listed[i])) {
                index[place] = count;
                tids[count++] = listed[i];
            }
        }
    }

    private boolean isSeized(int tid) throws IOException {
        try {
            ptrace.seize(tid, 0);
            return true;
        } catch (ErrnoException e) {
            if (e.errno() == ErrnoException.ESRCH || e.errno() == ErrnoException.EPERM && Waiting.isEnding(pid, tid)) {
                return false;
            }
            if (e.errno() == ErrnoException.EPERM) {
                throw new IOException("thread " + tid + " of process " + pid
                        + " can't be traced: somebody else traces it, or the kernel's rules don't allow it", e);
            }
            throw e;
        }
    }

    /** Forgets a thread that has ended. */
    void remove(int thread) {
        count--;
        System.arraycopy(tids, thread + 1, tids, thread, count - thread);
        fillIndex();
    }

    /** How many there are. */
    int count() {
        return count;
    }

    /** One's id. */
    int tid(int thread) {
        return tids[thread];
    }

    @Override
    public void close() {
        list.close();
    }
}
