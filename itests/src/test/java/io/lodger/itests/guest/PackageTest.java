package io.lodger.itests.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import io.lodger.itests.Await;
import io.lodger.itests.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Lodger's packages in a guest with systemd, where a host sees no more of them than the agent on its port. */
@Execution(ExecutionMode.CONCURRENT)
class PackageTest {

    /** What makes the class-data archive runs under emulation too: one JVM after the other on half a busy machine. */
    private static final Duration INSTALLATION = Duration.ofMinutes(20);
    private static final String HIGHER_VERSION = "99";
    private static final String QEMU_GA_VERSION = "7.";
    /** Every file but those that systemd, the kernel and dpkg have of their own, and what dpkg knows of Lodger. */
    private static final String CENSUS = "find / -xdev \\( -path /dev -o -path /proc -o -path /sys -o -path /run -o -path /mnt"
            + " -o -path /var/log -o -path /var/cache -o -path /var/lib/dpkg -o -path /var/lib/systemd/random-seed"
            + " -o -name 'systemd-private-*' \\) -prune -o -print;"
            + " ls -d /run/lodger /var/log/lodger* /var/lib/dpkg/info/lodger*; dpkg-query -W 'lodger*'";

    @TempDir
    private Path scratch;

    @Test
    void answersWithNobodyLoggedInAlsoAfterAnUpgradeAndABootAndLeavesNothingWhenPurged(
            @Guest(image = Image.SYSTEMD, agent = GuestAgent.NONE) GuestMachine machine) throws Exception {
        bring("lodger", machine);
        var before = census(machine);

        install("lodger_*", machine);
        assertTrue(isEnabled("guest-network-get-route", machine));
        machine.control().run("test -s /usr/lib/lodger/lib/lodger.jsa"
                + " && echo block-rpcs=guest-network-get-route >>/etc/lodger/lodger.conf").text();

        install("higher", machine);
        assertEquals(HIGHER_VERSION, machine.control().run("dpkg-query -f '${Version}' -W lodger").text());
        assertFalse(isEnabled("guest-network-get-route", machine), "the configuration that was changed is lost");

        machine.restart();
        awaitUnit("lodger", machine);
        assertFalse(isEnabled("guest-network-get-route", machine));
        assertEquals("", machine.control().run("who").text());

        machine.control().run("dpkg --purge lodger").text();
        var added = census(machine);
        added.removeAll(before);
        assertEquals(Set.of(), added);
    }

    @Test
    void answersWithinTheLimitsForImagesThatAllowNoChanges(@Guest(image = Image.SYSTEMD, agent = GuestAgent.NONE) GuestMachine machine)
            throws Exception {
        bring("lodger-jre", machine);
        machine.control().run("mkdir /etc/systemd/system/lodger.service.d"
                + " && cp /mnt/confined.conf /etc/systemd/system/lodger.service.d").text();
        install("lodger-jre_*", machine);
        assertEquals("yes", machine.control().run("systemctl show --property NoNewPrivileges --value lodger").text());
        try (var host = machine.connect()) {
            assertTrue(host.sync().call("guest-network-get-interfaces").toString().contains("eth0"));
            assertTrue(host.call("guest-network-get-route").isJsonArray());
        }
    }

    @Test
    void theOneWithItsOwnJavaTakesThePortFromQemuGaAndGivesItBack(
            @Guest(image = Image.SYSTEMD, agent = GuestAgent.NONE) GuestMachine machine) throws Exception {
        // As Debian has it; the image keeps it from starting.
        machine.control().run("rm /etc/systemd/system/qemu-guest-agent.service && systemctl daemon-reload"
                + " && udevadm trigger --action=change --subsystem-match=virtio-ports").text();
        awaitUnit("qemu-guest-agent", machine);
        assertTrue(version(machine).startsWith(QEMU_GA_VERSION));
        machine.control().run("mv /usr/lib/jvm /usr/lib/no-jvm").text();
        bring("lodger-jre", machine);

        install("lodger-jre_*", machine);
        assertFalse(version(machine).startsWith(QEMU_GA_VERSION));
        // As an upgrade of its package does.
        machine.control().run("deb-systemd-invoke restart qemu-guest-agent.service").text();
        assertFalse(version(machine).startsWith(QEMU_GA_VERSION));

        machine.restart();
        awaitUnit("lodger", machine);
        assertFalse(version(machine).startsWith(QEMU_GA_VERSION));

        machine.control().run("systemctl disable --now lodger && systemctl start qemu-guest-agent").text();
        assertTrue(version(machine).startsWith(QEMU_GA_VERSION));
        machine.control().run("systemctl stop qemu-guest-agent && systemctl enable --now lodger").text();
        assertFalse(version(machine).startsWith(QEMU_GA_VERSION));

        machine.control().run("dpkg --remove lodger-jre").text();
        awaitUnit("qemu-guest-agent", machine);
        assertTrue(version(machine).startsWith(QEMU_GA_VERSION));
    }

    /** Puts a package, and one of the same content and a higher version, into the guest's folder /mnt. */
    private void bring(String name, GuestMachine machine) throws Exception {
        var packages = Files.createDirectory(scratch.resolve("packages"));
        var built = built(name);
        Files.copy(built, packages.resolve(built.getFileName()));
        var higher = scratch.resolve("higher");
        Await.success(new ProcessBuilder("dpkg-deb", "--raw-extract", built.toString(), higher.toString()));
        Files.copy(higher.resolve("usr/share/doc/" + name + "/examples/confined.conf"), packages.resolve("confined.conf"));
        var control = higher.resolve("DEBIAN/control");
        Files.writeString(control, Files.readString(control).replaceFirst("(?m)^Version: .*$", "Version: " + HIGHER_VERSION));
        Await.success(new ProcessBuilder("dpkg-deb", "-Zgzip", "-z1", "--build", higher.toString(),
                packages.resolve("higher.deb").toString()));

        var disk = Payload.disk(packages, scratch.resolve("packages.img"));
        machine.qmp().execute("blockdev-add", "{'driver': 'raw', 'node-name': 'packages', 'read-only': true,"
                + " 'file': {'driver': 'file', 'filename': '" + disk + "'}}");
        machine.qmp().execute("device_add", "{'driver': 'virtio-blk-pci', 'id': 'packages', 'drive': 'packages'}");
        machine.control().await("test -b /dev/vde");
        machine.control().run("mount -o ro /dev/vde /mnt").text();
    }

    private static Path built(String name) throws IOException {
        var folder = Distribution.checkout().resolve("launcher/io.lodger.debian/target");
        try (var packages = Files.newDirectoryStream(folder, name + "_*.deb")) {
            for (var each : packages) {
                return each;
            }
        }
        throw new IOException("there is no package " + name + " in " + folder + "; mvn package builds it");
    }

    private static Set<String> census(GuestMachine machine) throws IOException {
        return machine.control().run(CENSUS).out().lines().collect(Collectors.toCollection(TreeSet::new));
    }

    private static void install(String file, GuestMachine machine) throws IOException {
        machine.control().run("dpkg --install /mnt/" + file + ".deb", INSTALLATION).text();
        awaitUnit("lodger", machine);
    }

    private static void awaitUnit(String name, GuestMachine machine) throws IOException {
        machine.control().await("systemctl --quiet is-active " + name);
    }

    private static String version(GuestMachine machine) throws IOException {
        return information(machine, "version").getAsString();
    }

    private static boolean isEnabled(String command, GuestMachine machine) throws IOException {
        for (var each : information(machine, "supported_commands").getAsJsonArray()) {
            if (each.getAsJsonObject().get("name").getAsString().equals(command)) {
                return each.getAsJsonObject().get("enabled").getAsBoolean();
            }
        }
        throw new AssertionError("the agent has no " + command);
    }

    private static JsonElement information(GuestMachine machine, String member) throws IOException {
        try (var host = machine.connect()) {
            return host.sync().call("guest-info").getAsJsonObject().get(member);
        }
    }
}
