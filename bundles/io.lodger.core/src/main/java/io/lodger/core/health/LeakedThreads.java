package io.lodger.core.health;

import io.lodger.core.execution.BundleMark;
import io.lodger.core.health.HealthFacts.LeakedThread;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Finds the threads of bundles that are gone, by the mark that they have inherited from the call or job that started them. A thread
 * that was given another context class loader, or that was started when its bundle was, is not found.
 */
final class LeakedThreads {

    private LeakedThreads() {
    }

    static List<LeakedThread> find() {
        return Arrays.stream(all())
                .filter(Objects::nonNull)
                // The JDK's own, such as the one that waits for processes, inherit it too.
                .filter(thread -> thread.getThreadGroup() != null && thread.getThreadGroup().getParent() != null)
                .filter(thread -> thread.getContextClassLoader() instanceof BundleMark mark && mark.isGone())
                .map(LeakedThreads::leaked)
                .toList();
    }

    private static LeakedThread leaked(Thread thread) {
        var mark = (BundleMark) thread.getContextClassLoader();
        return new LeakedThread(thread.getName(), mark.bundle(), mark.version());
    }

    private static Thread[] all() {
        var root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        var threads = new Thread[root.activeCount() + 1];
        for (int count = root.enumerate(threads); count == threads.length; count = root.enumerate(threads)) {
            threads = new Thread[2 * threads.length];
        }
        return threads;
    }
}
