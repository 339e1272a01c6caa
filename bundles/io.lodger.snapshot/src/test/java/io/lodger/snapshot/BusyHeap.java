package io.lodger.snapshot;

import java.util.ArrayList;
import java.util.List;

/** A JVM that makes garbage all the time, with a value on its heap that can be recognised. Answers each line with the number of rounds. */
final class BusyHeap {

    private final long[] recognised = {0x1122334455667788L, 0x0123456789abcdefL};
    private volatile long rounds;

    private BusyHeap() {
    }

    public static void main(String... arguments) throws Exception {
        var heap = new BusyHeap();
        for (int i = 0; i < 2; i++) {
            var thread = new Thread(heap::makeGarbage, "garbage-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        System.out.println("ready " + ProcessHandle.current().pid());
        while (System.in.read() >= 0) {
            System.out.println(heap.rounds + " " + heap.recognised.length);
        }
    }

    private void makeGarbage() {
        var kept = new ArrayList<List<byte[]>>();
        while (true) {
            var some = new ArrayList<byte[]>();
            for (int i = 0; i < 100; i++) {
                some.add(new byte[1000]);
            }
            kept.add(some);
            if (kept.size() > 200) {
                kept.clear();
            }
            rounds++;
        }
    }
}
