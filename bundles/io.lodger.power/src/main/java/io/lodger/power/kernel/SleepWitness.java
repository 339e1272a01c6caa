package io.lodger.power.kernel;

import io.lodger.posix.ErrnoException;
import io.lodger.posix.SleepClock;
import io.lodger.power.strategy.SuspendTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the kernel says about having slept. The clocks tell it ({@link SleepClock}); of a sleep to RAM that was shorter than the tick of
 * the machine's real-time clock only the counter of {@code /sys/power/suspend_stats} tells, where the kernel has one.
 */
public final class SleepWitness {

    /** Far more than two readings of resting clocks differ, far less than any sleep that the clocks see at all. */
    private static final Duration TRACE = Duration.ofMillis(10);

    private final TimeAsleep clock;
    private final GuestFile successes;
    private final GuestFile wakeupIrq;
    private final Path irqs;
    private final Path wakeupSources;
    private final GuestFile realTimeClock;

    /** The time the machine has slept since it was started. */
    @FunctionalInterface
    public interface TimeAsleep {

        /** The time, growing with every sleep. */
        Duration sinceBoot() throws ErrnoException;
    }

    /** A sleep that the machine has woken from: for how long, and what woke it as far as the kernel says. */
    public record Sleep(Duration slept, List<String> wokenBy) {

        /** A sleep that left no trace. */
        public static final Sleep UNKNOWN = new Sleep(Duration.ZERO, List.of());
    }

    /** What the kernel said at one moment. */
    public record Reading(Duration asleep, long successes, Map<String, Long> wakeEvents) {
    }

    /** A witness of the files below a root, and of a clock. */
    public SleepWitness(Path root, TimeAsleep clock) {
        this.clock = clock;
        successes = new GuestFile(root.resolve("sys/power/suspend_stats/success"));
        wakeupIrq = new GuestFile(root.resolve("sys/power/pm_wakeup_irq"));
        irqs = root.resolve("sys/kernel/irq");
        wakeupSources = root.resolve("sys/class/wakeup");
        realTimeClock = new GuestFile(root.resolve("sys/class/rtc/rtc0"));
    }

    /** The witness of this machine. */
    public static SleepWitness ofMachine() {
        return new SleepWitness(Path.of("/"), SleepClock::asleepSinceBoot);
    }

    /**
     * Whether a sleep to this target leaves a trace however short it is: the counter knows of those to RAM, and to disk none is shorter
     * than a tick of the clock.
     */
    public boolean canTell(SuspendTarget target) {
        return switch (target) {
            case MEM -> successes.exists();
            case DISK -> realTimeClock.exists();
            case HYBRID -> false;
        };
    }

    /** What the kernel says now. */
    public Reading read() throws IOException {
        return new Reading(clock.sinceBoot(), count(successes), wakeEvents());
    }

    /** Whether the machine has slept and woken since a reading, and for how long. */
    public Optional<Sleep> since(Reading before) throws IOException {
        // The counter first: when the machine sleeps between the two looks, the clock tells how long.
        boolean counted = count(successes) > before.successes();
        var slept = clock.sinceBoot().minus(before.asleep());
        if (slept.compareTo(TRACE) < 0 && !counted) {
            return Optional.empty();
        }
        return Optional.of(new Sleep(slept, wokenBy(before.wakeEvents())));
    }

    /** Waits until the machine has slept and woken; empty when the time is over first. Time asleep doesn't count. */
    public Optional<Sleep> await(Reading before, Duration patience) throws IOException, InterruptedException {
        long limit = System.nanoTime() + patience.toNanos();
        var sleep = since(before);
        for (long left = patience.toNanos(); sleep.isEmpty() && left > 0; left = limit - System.nanoTime()) {
            Polling.pause(left);
            sleep = since(before);
        }
        return sleep;
    }

    /** The wake-up sources whose events grew in number; where the kernel counts none, the interrupt that it notes. */
    private List<String> wokenBy(Map<String, Long> before) {
        var sources = wakeEvents().entrySet().stream().filter(source -> source.getValue() > before.getOrDefault(source.getKey(), 0L))
                .map(Map.Entry::getKey).toList();
        var irq = wakeupIrq.read();
        if (!sources.isEmpty() || irq.isEmpty()) {
            return sources;
        }
        var actions = new GuestFile(irqs.resolve(irq).resolve("actions")).read();
        return List.of("irq " + irq + (actions.isEmpty() ? "" : " (" + actions + ")"));
    }

    /** How many events each wake-up source has had, as {@code Documentation/ABI/testing/sysfs-class-wakeup} describes them. */
    private Map<String, Long> wakeEvents() {
        var events = new TreeMap<String, Long>();
        try (var sources = Files.list(wakeupSources)) {
            sources.forEach(source -> events.merge(new GuestFile(source.resolve("name")).read(),
                    count(new GuestFile(source.resolve("event_count"))), Long::sum));
        } catch (IOException e) {
            // Kernels before 5.4 have no such folder; what woke the machine is then not known.
        }
        return events;
    }

    private static long count(GuestFile file) {
        var number = file.read();
        return number.matches("\\d{1,18}") ? Long.parseLong(number) : 0;
    }
}
