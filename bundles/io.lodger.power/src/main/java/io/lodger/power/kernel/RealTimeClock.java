package io.lodger.power.kernel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The first real-time clock and its one alarm, which wakes the machine: {@code /sys/class/rtc/rtc0}, as
 * {@code Documentation/ABI/testing/sysfs-class-rtc} describes it. Times are seconds since 1970-01-01 as this clock counts them, which
 * may be local time and differ from the system's time.
 */
public final class RealTimeClock {

    private final GuestFile device;
    private final GuestFile time;
    private final GuestFile alarm;

    /** The clock whose files are below this root. */
    public RealTimeClock(Path root) {
        var folder = root.resolve("sys/class/rtc/rtc0");
        device = new GuestFile(folder);
        time = new GuestFile(folder.resolve("since_epoch"));
        alarm = new GuestFile(folder.resolve("wakealarm"));
    }

    /** Why it can't wake the machine; empty when it can. */
    public Optional<String> obstacle() {
        if (!device.exists()) {
            return Optional.of("the machine has no real-time clock: there is no " + device);
        }
        if (!alarm.exists()) {
            return Optional.of("the real-time clock has no alarm that wakes the machine: there is no " + alarm);
        }
        return alarm.isWritable() ? Optional.empty() : Optional.of("no permission to write to " + alarm);
    }

    /** What the clock says. */
    public long now() throws IOException {
        return number(time).orElseThrow(() -> new IOException(time + " can't be read"));
    }

    /** When the alarm will ring; empty when it isn't set. */
    public OptionalLong alarm() {
        return number(alarm);
    }

    /**
     * Sets the alarm and makes sure that it is set.
     *
     * @throws IOException when the clock doesn't take it; it isn't set then
     */
    public void set(long when) throws IOException {
        // The kernel doesn't let one alarm be written over another.
        clear();
        try {
            alarm.write(Long.toString(when));
            if (alarm().orElse(0) != when) {
                throw new IOException("the real-time clock was given the alarm " + when + " and has "
                        + (alarm().isPresent() ? alarm().getAsLong() : "none") + "; it may not reach that far ahead");
            }
        } catch (IOException e) {
            clear();
            throw e;
        }
    }

    /** Takes the alarm back. */
    public void clear() throws IOException {
        alarm.write("0");
    }

    /** Takes the alarm back if it is this one. */
    public void clear(long when) throws IOException {
        if (alarm().orElse(0) == when) {
            clear();
        }
    }

    private static OptionalLong number(GuestFile file) {
        var text = file.read();
        return text.matches("[1-9]\\d{0,17}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
    }
}
