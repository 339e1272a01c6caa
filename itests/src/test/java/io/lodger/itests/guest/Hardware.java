package io.lodger.itests.guest;

import java.nio.file.Path;
import java.util.List;

/** What a guest's machine is made of, in QEMU's arguments. */
final class Hardware {

    static final String CONTROL_PORT = "control-port";
    /** The disks that are written to: files of these names are in the folders of images and machines. */
    static final List<String> DISKS = List.of("root.qcow2", "data.qcow2", "swap.qcow2");

    private Hardware() {
    }

    /** The machine whose disks are in a folder, where its sockets and console are to be, too. */
    static List<String> arguments(Path folder, Path image, int processors, Path payload) {
        return List.of(
                // With QEMU 7.2 a q35 can be suspended once only.
                "-machine", "pc", "-m", "512", "-smp", Integer.toString(processors),
                "-nodefaults", "-no-user-config", "-display", "none",
                "-kernel", image.resolve("vmlinuz").toString(), "-initrd", image.resolve("initrd").toString(),
                "-append", "console=ttyS0 quiet root=/dev/vda rootfstype=ext4 rw panic=5 resume=/dev/vdd no_console_suspend"
                        + " net.ifnames=0",
                "-drive", disk(folder.resolve("root.qcow2")), "-drive", "file=" + payload + ",if=virtio,format=raw,readonly=on",
                "-drive", disk(folder.resolve("data.qcow2")), "-drive", disk(folder.resolve("swap.qcow2")),
                "-netdev", "user,id=network,restrict=on", "-device", "virtio-net-pci,netdev=network,romfile=",
                "-chardev", "file,id=console,append=on,path=" + folder.resolve("console"), "-serial", "chardev:console",
                "-chardev", socket(folder, "serial"), "-serial", "chardev:serial",
                // Without an id QEMU sends no VSERPORT_CHANGE for a port.
                "-device", "virtio-serial,id=ports", "-chardev", socket(folder, "agent"), "-device", AgentPort.DEVICE,
                "-chardev", socket(folder, "control"),
                "-device", "virtserialport,bus=ports.0,nr=2,id=" + CONTROL_PORT + ",chardev=control,name=io.lodger.control.0");
    }

    /** Nothing is flushed to the host's disk: what counts is only there as long as QEMU is ended by its own command. */
    private static String disk(Path file) {
        return "file=" + file + ",if=virtio,format=qcow2,cache=unsafe";
    }

    private static String socket(Path folder, String name) {
        return "socket,id=" + name + ",server=on,wait=off,path=" + folder.resolve(name);
    }
}
