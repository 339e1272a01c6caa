package io.lodger.itests.guest.libvirt;

import io.lodger.itests.Await;
import io.lodger.itests.Distribution;
import io.lodger.itests.guest.GuestAgent;
import io.lodger.itests.guest.GuestLab;
import io.lodger.itests.guest.Image;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * A libvirt daemon of our own, run by the user nobody, because root has no session daemon and the system's would need cgroups, D-Bus and
 * users that a test has no right to. It ends with all its domains.
 */
final class LibvirtSession implements AutoCloseable {

    /** How libvirt's clients reach the daemon. */
    static final String URI = "qemu:///session";

    private static final long CLIENT_PATIENCE_SECONDS = 300;
    private static final String DEBUGFS = "/usr/sbin/debugfs";
    private static final String DAEMON = "/usr/sbin/libvirtd";
    private static final List<String> PROGRAMS = List.of(DAEMON, "/usr/bin/virsh", "/usr/bin/qemu-system-x86_64");

    /** How a program ended, and what it said. */
    record Outcome(int status, String output, String errors) {
    }

    private final Path folder;
    private final GuestLab lab;
    private final Process daemon;
    private final Thread sweeper = new Thread(this::sweep);

    /** Starts the daemon; the test is skipped when libvirt is not there. */
    LibvirtSession(GuestLab lab) throws Exception {
        this.lab = lab;
        for (var program : PROGRAMS) {
            Assumptions.assumeTrue(Files.isExecutable(Path.of(program)), "no libvirt: " + program + " is missing; itests/run installs it");
        }
        // Short names keep the paths of the domains' sockets within what a socket's address holds.
        folder = Files.createTempDirectory("lv");
        Runtime.getRuntime().addShutdownHook(sweeper);
        var configuration = Files.createDirectories(folder.resolve("c/libvirt"));
        Files.writeString(configuration.resolve("qemu.conf"), "stdio_handler = \"file\"\nsecurity_driver = \"none\"\n");
        Files.createDirectory(folder.resolve("run"));
        giveToNobody();
        daemon = asNobody(List.of(DAEMON)).redirectErrorStream(true).redirectOutput(folder.resolve("daemon.log").toFile()).start();
        Await.until("libvirtd listens", () -> Files.exists(folder.resolve("run/libvirt/libvirt-sock")));
    }

    /** Defines and starts a domain whose guest, with systemd, runs this agent: the one that qemu-ga can do everything in. */
    void start(String domain, GuestAgent agent) throws Exception {
        start(domain, Image.SYSTEMD, agent, Map.of());
    }

    /**
     * Defines and starts a domain.
     *
     * @param payload files to put into the guest's {@code /payload}, by their names there
     */
    void start(String domain, Image system, GuestAgent agent, Map<String, Path> payload) throws Exception {
        var home = Files.createDirectory(folder.resolve(domain));
        var image = lab.image(system);
        for (var file : List.of("vmlinuz", "initrd", "root.qcow2", "data.qcow2", "swap.qcow2")) {
            Files.copy(image.resolve(file), home.resolve(file));
        }
        Files.copy(lab.payload(agent), home.resolve("payload.img"));
        for (var file : payload.entrySet()) {
            for (var edit : List.of("rm " + file.getKey(), "write " + file.getValue() + " " + file.getKey())) {
                Await.success(new ProcessBuilder(DEBUGFS, "-w", "-R", edit, home.resolve("payload.img").toString())
                        .redirectErrorStream(true));
            }
        }
        var template = Files.readString(Distribution.checkout().resolve("itests/libvirt/domain.xml"));
        var description = home.resolve("domain.xml");
        Files.writeString(description, template.replace("@name@", domain).replace("@folder@", home.toString()));
        giveToNobody();
        for (var arguments : List.of(List.of("define", description.toString()), List.of("start", domain))) {
            var outcome = virsh(arguments);
            if (outcome.status() != 0) {
                throw new IOException("virsh " + arguments + ": " + outcome);
            }
        }
    }

    /** Copies a folder or file to where the clients, who may read little else, can read it. */
    Path lend(Path path) throws Exception {
        var copy = folder.resolve(path.getFileName());
        Await.success(new ProcessBuilder("cp", "-r", path.toString(), copy.toString()));
        giveToNobody();
        return copy;
    }

    /** What a domain's guest wrote to its serial console. */
    String console(String domain) throws IOException {
        return Files.readString(folder.resolve(domain).resolve("console"), StandardCharsets.ISO_8859_1);
    }

    /** Runs virsh to its end. */
    Outcome virsh(List<String> arguments) throws Exception {
        var command = new ArrayList<>(List.of("virsh", "--connect", URI));
        command.addAll(arguments);
        return run(command);
    }

    /** Runs a client of libvirt to its end. */
    Outcome run(List<String> command) throws Exception {
        var output = Files.createTempFile(folder, "output", "");
        var errors = Files.createTempFile(folder, "errors", "");
        var process = asNobody(command).redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
        if (!process.waitFor(CLIENT_PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command + " did not end within " + CLIENT_PATIENCE_SECONDS + " s: " + Files.readString(errors));
        }
        return new Outcome(process.exitValue(), Files.readString(output), Files.readString(errors));
    }

    private ProcessBuilder asNobody(List<String> command) {
        var all = new ArrayList<>(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "env", "-i", "LC_ALL=C.UTF-8",
                "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=" + folder, "XDG_RUNTIME_DIR=" + folder.resolve("run"),
                "XDG_CONFIG_HOME=" + folder.resolve("c"), "XDG_CACHE_HOME=" + folder.resolve("cache"),
                "XDG_DATA_HOME=" + folder.resolve("data")));
        all.addAll(command);
        return new ProcessBuilder(all);
    }

    private void giveToNobody() throws Exception {
        Await.success(new ProcessBuilder("chown", "-R", "nobody:nogroup", folder.toString()));
    }

    /** Ends the domains and the daemon, however far they are, and deletes what they had. */
    private void sweep() {
        try {
            // All of them have the folder in their arguments or their environment's HOME; the domains outlive their daemon otherwise.
            new ProcessBuilder("pkill", "-KILL", "-f", folder + "/").start().waitFor();
            if (daemon != null) {
                daemon.destroyForcibly().waitFor();
            }
            new ProcessBuilder("rm", "-rf", folder.toString()).start().waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("what is left of libvirt in " + folder + " can't be removed", e);
        }
    }

    @Override
    public void close() {
        sweep();
        Runtime.getRuntime().removeShutdownHook(sweeper);
    }
}
