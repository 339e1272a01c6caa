package io.lodger.itests.guest;

import io.lodger.itests.Await;
import io.lodger.itests.guest.qemu.Acceleration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Where guests are run: it holds the images, the payloads and the saved machines of one run. Tests get machines by {@link Guest}; other
 * programs make a lab of their own.
 *
 * <p>Tests that run side by side may share it. Methods abort the test ({@code org.opentest4j.TestAbortedException}) when
 * the means to run a guest are missing on this machine.
 */
public final class GuestLab implements AutoCloseable {

    /** An agent at rest uses no processor time for so long; the one that has just started pauses for two seconds. */
    private static final Duration REST = Duration.ofSeconds(4);
    private static final long LOOK_NANOS = 500_000_000;

    private final Path scratch;
    private final Thread sweeper;
    private final Images images = new Images();
    private final Map<GuestAgent, Path> payloads = new EnumMap<>(GuestAgent.class);
    private final Map<List<Object>, Saved> saved = new ConcurrentHashMap<>();
    private Acceleration acceleration;
    private int machines;

    public GuestLab() {
        try {
            scratch = Files.createTempDirectory("guests");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sweeper = new Thread(() -> delete(scratch));
        Runtime.getRuntime().addShutdownHook(sweeper);
    }

    /** Boots a machine, with further arguments for QEMU. */
    public GuestMachine boot(Image image, GuestAgent agent, String... qemu) throws Exception {
        var folder = newFolder();
        for (var disk : Hardware.DISKS) {
            Await.success(new ProcessBuilder("qemu-img", "create", "-q", "-f", "qcow2", "-F", "qcow2",
                    "-b", image(image).resolve(disk).toString(), folder.resolve(disk).toString()));
        }
        return started(machine(folder, image, agent, List.of(qemu)), GuestMachine::boot);
    }

    /** A machine whose agent has answered, started from a saved state; its clock stands where that was saved. */
    public GuestMachine ready(Image image, GuestAgent agent) throws Exception {
        var origin = saved.computeIfAbsent(List.of(image, agent), key -> new Saved(image, agent)).folder();
        var folder = newFolder();
        for (var disk : Hardware.DISKS) {
            Files.copy(origin.resolve(disk), folder.resolve(disk));
        }
        return started(machine(folder, image, agent, List.of()), GuestMachine::startSaved);
    }

    /** The folder of an image: vmlinuz, initrd, root.qcow2, data.qcow2, swap.qcow2; it is built if need be, in a minute. */
    public synchronized Path image(Image image) throws Exception {
        return images.folder(image);
    }

    /** The disk with an agent that a guest finds at {@code /payload}: a raw image. */
    public synchronized Path payload(GuestAgent agent) throws Exception {
        if (!payloads.containsKey(agent)) {
            payloads.put(agent, Payload.make(agent, acceleration(), scratch));
        }
        return payloads.get(agent);
    }

    private synchronized Acceleration acceleration() throws Exception {
        if (acceleration == null) {
            acceleration = Acceleration.chosen(image(Image.TINY), scratch);
            System.err.println("guests run under " + acceleration);
        }
        return acceleration;
    }

    private GuestMachine machine(Path folder, Image image, GuestAgent agent, List<String> qemu) throws Exception {
        var arguments = new ArrayList<>(acceleration().arguments());
        arguments.addAll(Hardware.arguments(folder, image(image), image.processors(), payload(agent)));
        arguments.addAll(qemu);
        return new GuestMachine(folder, agent, arguments);
    }

    /** The state of a machine that was booted once, by whoever asked first. A boot that failed isn't tried once more for each test. */
    private final class Saved {

        private final Image image;
        private final GuestAgent agent;
        private Path folder;
        private IOException problem;

        Saved(Image image, GuestAgent agent) {
            this.image = image;
            this.agent = agent;
        }

        synchronized Path folder() throws Exception {
            if (problem != null) {
                throw new IOException("the machine didn't boot the last time either", problem);
            }
            if (folder == null) {
                try {
                    var machine = boot(image, agent);
                    if (agent == GuestAgent.LODGER) {
                        awaitRest(machine);
                    }
                    machine.saveAndEnd();
                    folder = machine.folder();
                } catch (IOException e) {
                    problem = e;
                    throw e;
                }
            }
            return folder;
        }
    }

    /** Waits until an agent that has just started has given back what only the start needed, which takes a while under emulation. */
    private static void awaitRest(GuestMachine machine) throws IOException {
        long deadline = System.nanoTime() + GuestMachine.BOOT.toNanos();
        var used = machine.agentProcessorTime();
        for (long since = System.nanoTime(); System.nanoTime() - since < REST.toNanos();) {
            if (System.nanoTime() > deadline) {
                throw new IOException("the agent doesn't come to rest");
            }
            LockSupport.parkNanos(LOOK_NANOS);
            var now = machine.agentProcessorTime();
            if (!now.equals(used)) {
                used = now;
                since = System.nanoTime();
            }
        }
    }

    private interface Start {

        void of(GuestMachine machine) throws Exception;
    }

    private static GuestMachine started(GuestMachine machine, Start start) throws Exception {
        try {
            start.of(machine);
            return machine;
        } catch (IOException e) {
            var problem = new IOException(e.getMessage() + "\nThe console: " + machine.console() + "\nQEMU: " + machine.qemuLog(), e);
            machine.close();
            throw problem;
        }
    }

    private synchronized Path newFolder() throws IOException {
        return Files.createDirectory(scratch.resolve("m" + machines++));
    }

    /** Deletes a folder and all below, as far as it is there. */
    static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // Gone already.
        }
    }

    @Override
    public void close() {
        delete(scratch);
        Runtime.getRuntime().removeShutdownHook(sweeper);
    }
}
