package io.lodger.power.builtin;

import io.lodger.power.kernel.GuestFile;
import io.lodger.power.strategy.SuspendStrategy;
import io.lodger.power.strategy.SuspendTarget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** Writes to {@code /sys/power/state}, which needs no program in the guest. */
public final class KernelStrategy implements SuspendStrategy {

    private final MachineSupport machine;
    private final GuestFile state;
    private final GuestFile mode;

    public KernelStrategy() {
        this(Path.of("/"));
    }

    /** The strategy of the guest whose files are below this root. */
    public KernelStrategy(Path root) {
        machine = new MachineSupport(root);
        state = new GuestFile(root.resolve("sys/power/state"));
        mode = new GuestFile(root.resolve("sys/power/disk"));
    }

    @Override
    public String name() {
        return "kernel";
    }

    @Override
    public Optional<String> obstacle(SuspendTarget target) {
        return machine.obstacle(target)
                .or(() -> state.isWritable() ? Optional.empty() : Optional.of("no permission to write to " + state));
    }

    @Override
    public void suspend(SuspendTarget target) throws IOException {
        switch (target) {
            case MEM -> state.write("mem");
            case DISK -> state.write("disk");
            case HYBRID -> hybrid();
        }
    }

    /** The mode that the kernel uses, which stands in brackets, is what it was before, whatever comes of it. */
    private void hybrid() throws IOException {
        var former = Arrays.stream(mode.read().split("\\s+")).filter(word -> word.startsWith("["))
                .map(word -> word.substring(1, word.length() - 1)).findFirst()
                .orElseThrow(() -> new IOException(mode + " says no mode: " + mode.read()));
        mode.write("suspend");
        try {
            state.write("disk");
        } finally {
            mode.write(former);
        }
    }
}
