package io.lodger.power.strategy;

/** Where the machine's state is kept while it sleeps. The names are those of libvirt's {@code dompmsuspend}. */
public enum SuspendTarget {

    /** In RAM, which stays powered: ACPI's S3, or what the kernel has in place of it. */
    MEM("to RAM"),

    /** On disk, with the machine off: ACPI's S4. */
    DISK("to disk"),

    /** On disk as well as in RAM: it wakes from RAM, and from disk when the power was lost meanwhile. */
    HYBRID("to RAM and disk");

    private final String where;

    SuspendTarget(String where) {
        this.where = where;
    }

    /** For a sentence: "to RAM". */
    public String where() {
        return where;
    }
}
