package io.lodger.itests.guest.qemu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * How a guest's processor is made. The environment variable {@code LODGER_GUEST_ACCELERATION}, {@code kvm} or {@code tcg}, decides;
 * without it KVM is taken where a trial boot shows that it works. There are machines on which {@code /dev/kvm} can be opened and each
 * guest stands still in its firmware.
 */
public enum Acceleration {

    /** The processor's own virtualisation. */
    KVM(List.of("-accel", "kvm", "-cpu", "host"), ""),
    /**
     * Emulation, where a JVM starts soonest when it compiles nothing. QEMU may keep 1 GiB of translated code, its default: with a quarter
     * of that a JVM takes twice the time.
     */
    TCG(List.of("-accel", "tcg,thread=multi", "-cpu", "qemu64"), "-Xint");

    private static final long TRIAL_NANOS = 8_000_000_000L;
    private static final long POLL_NANOS = 10_000_000;

    private final List<String> arguments;
    private final String javaOptions;

    Acceleration(List<String> arguments, String javaOptions) {
        this.arguments = arguments;
        this.javaOptions = javaOptions;
    }

    /** Its arguments for QEMU. */
    public List<String> arguments() {
        return arguments;
    }

    /** What {@code LODGER_JAVA_OPTIONS} is in the guest. */
    public String javaOptions() {
        return javaOptions;
    }

    /** The one to take on this machine; an image is needed for the trial, and a folder to write to. */
    public static Acceleration chosen(Path image, Path scratch) throws IOException {
        var named = System.getenv("LODGER_GUEST_ACCELERATION");
        if (named != null && !named.isEmpty()) {
            return switch (named) {
                case "kvm" -> KVM;
                case "tcg" -> TCG;
                default -> throw new IOException("LODGER_GUEST_ACCELERATION is \"" + named + "\"; it can be kvm or tcg");
            };
        }
        return Files.isWritable(Path.of("/dev/kvm")) && bootsUnderKvm(image, scratch) ? KVM : TCG;
    }

    private static boolean bootsUnderKvm(Path image, Path scratch) throws IOException {
        var console = scratch.resolve("trial-console");
        var arguments = new ArrayList<>(KVM.arguments);
        arguments.addAll(List.of("-machine", "pc", "-m", "256", "-nodefaults", "-no-user-config", "-display", "none",
                "-kernel", image.resolve("vmlinuz").toString(), "-initrd", image.resolve("initrd").toString(),
                "-append", "console=ttyS0", "-serial", "file:" + console));
        try (var qemu = Qemu.start(arguments, scratch.resolve("trial-log"))) {
            for (long end = System.nanoTime() + TRIAL_NANOS; System.nanoTime() < end && qemu.isAlive();) {
                if (Files.exists(console) && Files.readString(console, StandardCharsets.ISO_8859_1).contains("Run /init as init process")) {
                    return true;
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
        return false;
    }
}
