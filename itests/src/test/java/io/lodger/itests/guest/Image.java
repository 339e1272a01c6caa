package io.lodger.itests.guest;

import java.util.Locale;

/** The images that {@code itests/guest/build-image} builds. */
public enum Image {

    /** BusyBox as process 1, a Java runtime and qemu-ga; it suspends through {@code /sys/power/state} only. Boots in a few seconds. */
    TINY(1),
    /** The tiny image with pm-utils. */
    PM_UTILS(1),
    /** systemd, udev and D-Bus, and pm-utils beside it. */
    SYSTEMD(2);

    private final int processors;

    Image(int processors) {
        this.processors = processors;
    }

    /** How {@code build-image} calls it. */
    String buildName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    int processors() {
        return processors;
    }
}
