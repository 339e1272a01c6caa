package io.lodger.itests.guest.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.lodger.itests.Await;
import io.lodger.itests.Distribution;
import io.lodger.itests.guest.GuestAgent;
import io.lodger.itests.guest.GuestLab;
import io.lodger.itests.guest.GuestMachine;
import io.lodger.itests.guest.libvirt.LibvirtSession.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** libvirt's clients can't tell Lodger from qemu-ga: two domains, alike but for the agent, give the same answers. */
class LibvirtTest {

    private static final String QEMU_GA = "with-qemu-ga";
    private static final String LODGER = "with-lodger";
    private static final String PYTHON = "/usr/bin/python3";

    private static GuestLab lab;
    private static LibvirtSession libvirt;

    @BeforeAll
    static void startDomains() throws Exception {
        lab = new GuestLab();
        libvirt = new LibvirtSession(lab);
        libvirt.start(QEMU_GA, GuestAgent.QEMU_GA);
        libvirt.start(LODGER, GuestAgent.LODGER);
        for (var domain : List.of(QEMU_GA, LODGER)) {
            Await.until("the agent of " + domain + " answers", GuestMachine.BOOT, () -> agentCommand(domain, "guest-info").status() == 0);
        }
    }

    @AfterAll
    static void endDomains() {
        if (libvirt != null) {
            libvirt.close();
        }
        lab.close();
    }

    private static Outcome agentCommand(String domain, String command) throws Exception {
        return libvirt.virsh(List.of("qemu-agent-command", domain, "{\"execute\":\"" + command + "\"}"));
    }

    @TestFactory
    Stream<DynamicTest> virshSaysTheSame() throws Exception {
        var there = commands(LODGER);
        return VirshStep.table().stream().map(step -> DynamicTest.dynamicTest("virsh " + step.arguments(), () -> {
            var missing = step.needs().stream().filter(command -> !there.contains(command)).toList();
            Assumptions.assumeTrue(missing.isEmpty(), "Lodger has no " + missing + " yet");
            var expected = take(step, QEMU_GA);
            var actual = take(step, LODGER);
            if (step.isSpoilt(expected)) {
                assertEquals("0 ", actual.status() + " " + actual.errors());
            } else {
                assertEquals(step.comparable(expected, QEMU_GA), step.comparable(actual, LODGER));
            }
        }));
    }

    private static Outcome take(VirshStep step, String domain) throws Exception {
        var arguments = step.arguments(domain);
        if (step.await().isPresent()) {
            Await.until("virsh " + arguments + " says " + step.await().get(), GuestMachine.BOOT,
                    () -> step.await().get().matcher(libvirt.virsh(arguments).output()).find());
        }
        return libvirt.virsh(arguments);
    }

    private static Set<String> commands(String domain) throws Exception {
        var names = new HashSet<String>();
        var info = JsonParser.parseString(agentCommand(domain, "guest-info").output()).getAsJsonObject().getAsJsonObject("return");
        info.getAsJsonArray("supported_commands").forEach(command -> names.add(command.getAsJsonObject().get("name").getAsString()));
        return names;
    }

    @Test
    void thePythonBindingSaysTheSame() throws Exception {
        Assumptions.assumeTrue(libvirt.run(List.of(PYTHON, "-c", "import libvirt_qemu")).status() == 0,
                "no libvirt for Python: the package python3-libvirt is missing; itests/run installs it");
        var ofQemu = python(QEMU_GA);
        assertTrue(ofQemu.output().contains("127.0.0.1"), ofQemu.toString());
        assertEquals(ofQemu, python(LODGER));
    }

    private static Outcome python(String domain) throws Exception {
        // Read here, because the user that runs it can't read the checkout.
        var program = Files.readString(Path.of(Distribution.checkout().toString(), "itests/libvirt/client.py"));
        return libvirt.run(List.of(PYTHON, "-c", program, LibvirtSession.URI, domain));
    }
}
