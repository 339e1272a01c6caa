package io.lodger.itests.guest;

import io.lodger.itests.Host;
import io.lodger.itests.guest.qemu.Qmp;
import java.io.IOException;

/** The virtio-serial port of the agent under test, as a device of a running machine. */
public final class AgentPort {

    /** QMP's name of the device, as in the data of VSERPORT_CHANGE. */
    public static final String ID = "agent-port";

    static final String DEVICE = "virtserialport,bus=ports.0,nr=1,id=" + ID + ",chardev=agent,name=org.qemu.guest_agent.0";

    private final Qmp qmp;
    private final ControlAgent control;

    AgentPort(Qmp qmp, ControlAgent control) {
        this.qmp = qmp;
        this.control = control;
    }

    /** Waits until an agent opens it, as managers do before they connect. */
    public void awaitOpen() throws IOException {
        awaitOpen(ID, qmp);
    }

    static void awaitOpen(String id, Qmp qmp) throws IOException {
        qmp.awaitEvent("VSERPORT_CHANGE", data -> data.get("id").getAsString().equals(id) && data.get("open").getAsBoolean(),
                GuestMachine.BOOT);
    }

    /**
     * Waits until the guest's kernel knows that no host is attached. It is told of each coming and going, but not who comes; until it has
     * seen one host go, the next one's bytes look like the same host's.
     */
    public void awaitNoHost() throws IOException {
        control.await("grep -q 'host_connected: 0' /sys/kernel/debug/virtio-ports/vport*p1");
    }

    /** Takes it out of the machine. */
    public void unplug() throws IOException {
        qmp.execute("device_del", "{'id': '" + ID + "'}");
        qmp.awaitEvent("DEVICE_DELETED", data -> data.has("device") && data.get("device").getAsString().equals(ID), Host.PATIENCE);
    }

    /** Puts it into the machine again. */
    public void plug() throws IOException {
        qmp.execute("device_add", "{'driver': '" + DEVICE.replace("=", "': '").replace(",", "', '").replace("'1'", "1") + "'}");
    }
}
