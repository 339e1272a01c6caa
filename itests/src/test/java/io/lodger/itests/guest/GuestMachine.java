package io.lodger.itests.guest;

import io.lodger.itests.guest.qemu.Qemu;
import io.lodger.itests.guest.qemu.Qmp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A virtual machine with its disks in a folder of its own: {@code /dev/vda} the root, {@code /dev/vdb} the payload (read-only, at
 * {@code /payload}), {@code /dev/vdc} a data disk (ext4, at {@code /data}), {@code /dev/vdd} swap, which it also suspends to; a network
 * card whose network has nothing outside the machine; a second serial line, {@code /dev/ttyS1}.
 *
 * <p>It has 512 MiB. The agent's port is {@code org.qemu.guest_agent.0}, a device that QMP knows as {@value AgentPort#ID}.
 */
public final class GuestMachine implements AutoCloseable {

    /** How long a boot may take. */
    public static final Duration BOOT = Duration.ofMinutes(6);

    private static final String SAVED = "ready";

    private final Path folder;
    private final List<String> arguments;
    private final GuestAgent agent;
    private final ControlAgent control;
    private Qemu qemu;
    private Qmp qmp;

    /** A machine that isn't started, whose disks are in the folder. */
    GuestMachine(Path folder, GuestAgent agent, List<String> arguments) {
        this.folder = folder;
        this.agent = agent;
        control = new ControlAgent(folder.resolve("control"));
        this.arguments = arguments;
    }

    /** Boots, or wakes what was suspended to disk, and waits until the control agent and the agent under test answer. */
    void boot() throws IOException {
        start();
        awaitAgents();
    }

    /** Starts from the state that the disks hold. */
    void startSaved() throws IOException {
        start("-loadvm", SAVED);
    }

    /** Saves the running machine's state to its disks, and ends it. */
    void saveAndEnd() throws IOException {
        // A host that is attached would be a part of the state.
        control.disconnect();
        var refusal = qmp.monitor("savevm " + SAVED);
        if (!refusal.isBlank()) {
            throw new IOException("the machine's state can't be saved: " + refusal);
        }
        end();
    }

    private void start(String... more) throws IOException {
        var all = new ArrayList<>(arguments);
        all.addAll(List.of(more));
        qemu = Qemu.start(all, folder.resolve("log"));
        qmp = qemu.monitor();
    }

    private void awaitAgents() throws IOException {
        AgentPort.awaitOpen(Hardware.CONTROL_PORT, qmp);
        control.agent();
        if (agent != GuestAgent.NONE) {
            awaitAgent();
        }
    }

    /** Waits until the agent has opened its port and all of its commands are there: Lodger's guest-info waits for that. */
    private void awaitAgent() throws IOException {
        agentPort().awaitOpen();
        try (var host = new AgentConnection(folder.resolve("agent"), BOOT)) {
            host.sync().call("guest-info");
        }
    }

    /** Connects to the agent's port as a host does. QEMU accepts one connection at a time. */
    public AgentConnection connect() throws IOException {
        return new AgentConnection(folder.resolve("agent"));
    }

    /** Connects to the other end of {@code /dev/ttyS1}. */
    public AgentConnection connectSerial() throws IOException {
        return new AgentConnection(folder.resolve("serial"));
    }

    /** The agent's port; to be asked for again after a restart. */
    public AgentPort agentPort() {
        return new AgentPort(qmp, control);
    }

    /** The socket of the agent's port, for clients that are programs. */
    public Path agentSocket() {
        return folder.resolve("agent");
    }

    /** The way into the guest beside the agent under test. */
    public ControlAgent control() {
        return control;
    }

    /** QEMU's monitor; a new one after a restart. */
    public Qmp qmp() {
        return qmp;
    }

    /** The process id, in the guest, of the agent under test, as it was started by the payload. */
    public long agentPid() throws IOException {
        return Long.parseLong(control.run("cat /run/agent.pid").text());
    }

    /** Ends the agent under test and waits until the next one, which the guest starts by itself, answers. */
    public void restartAgent() throws IOException {
        control.run("kill " + agentPid()).text();
        awaitAgent();
    }

    /** Processor time that the agent under test has used so far. */
    public Duration agentProcessorTime() throws IOException {
        return Duration.ofMillis(Long.parseLong(control.run("set -- $(cut -d ' ' -f 14,15 /proc/$(cat /run/agent.pid)/stat);"
                + " echo $(( ($1 + $2) * 1000 / $(getconf CLK_TCK) ))").text()));
    }

    /** Waits until QEMU ends by itself, as it does when the guest shuts down or has suspended to disk. */
    public void awaitEnd(Duration deadline) throws IOException {
        qemu.awaitEnd(deadline);
    }

    /** Starts again with the same disks, ending QEMU first if it runs, and waits until the agents answer. */
    public void restart() throws IOException {
        startAgain();
        awaitAgents();
    }

    /** Starts again with the same disks, ending QEMU first if it runs, and waits for nothing in the guest. */
    public void startAgain() throws IOException {
        end();
        start();
    }

    /** Ends QEMU with all that the guest wrote on its disks, as if the power had failed. */
    public void end() throws IOException {
        control.disconnect();
        qemu.end(qmp);
    }

    /** The process id of QEMU. */
    public long qemuPid() {
        return qemu.pid();
    }

    /** What the guest wrote to its serial console, with what the agents wrote to their outputs. */
    public String console() {
        return read("console");
    }

    /** Where its disks and sockets are. */
    Path folder() {
        return folder;
    }

    String qemuLog() {
        return read("log");
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "(" + e + ")";
        }
    }

    @Override
    public void close() throws Exception {
        control.disconnect();
        if (qemu != null) {
            qemu.close();
        }
        GuestLab.delete(folder);
    }
}
