package io.lodger.itests.guest.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.itests.guest.Guest;
import io.lodger.itests.guest.GuestAgent;
import io.lodger.itests.guest.GuestMachine;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What managers of virtual machines send, byte by byte, and what they insist on, with Lodger as with qemu-ga. */
@Execution(ExecutionMode.CONCURRENT)
class ClientsTest {

    private static final List<String> COMMANDS = List.of("guest-ping", "guest-info", "guest-network-get-interfaces");

    /** A reply as KubeVirt takes it apart: nothing but the return value is in it. */
    private static final Pattern KUBEVIRT = Pattern.compile("\\{\"return\":\\s*(\\{.*\\}|\\[.*\\]|\".*\")\\}");

    @Test
    void proxmoxGetsTwoLinesForTwoSentAtOnceWithout0xFF(@Guest GuestMachine lodger,
            @Guest(agent = GuestAgent.QEMU_GA) GuestMachine qemuGa) throws Exception {
        for (var machine : List.of(qemuGa, lodger)) {
            int id = 0;
            for (var command : COMMANDS) {
                id++;
                try (var host = machine.connect()) {
                    host.host().send("{\"execute\":\"guest-sync-delimited\",\"arguments\":{\"id\":" + id + "}}\n{\"execute\":\"" + command
                            + "\",\"arguments\":{}}\n");
                    assertEquals("\u00ff{\"return\": " + id + "}", host.host().line());
                    var reply = host.host().line();
                    assertTrue(reply.startsWith("{\"return\": ") && reply.endsWith("}"), reply);
                    Requests.assertOwnReply(host);
                }
            }
        }
    }

    @Test
    void libvirtGetsItsPlainSyncAndOneReplyForEachCommand(@Guest GuestMachine lodger,
            @Guest(agent = GuestAgent.QEMU_GA) GuestMachine qemuGa) throws Exception {
        for (var machine : List.of(qemuGa, lodger)) {
            try (var host = machine.connect()) {
                long id = System.currentTimeMillis();
                assertEquals("{\"return\": " + id + "}",
                        host.host().ask("{\"execute\":\"guest-sync\", \"arguments\":{\"id\":" + id + "}}\n"));
                for (var command : COMMANDS) {
                    var reply = host.host().ask("{\"execute\":\"" + command + "\"}\n");
                    assertTrue(reply.startsWith("{\"return\": "), reply);
                }
                Requests.assertOwnReply(host);
            }
        }
    }

    @Test
    void kubeVirtFindsNothingBesideTheReturnValue(@Guest GuestMachine lodger,
            @Guest(agent = GuestAgent.QEMU_GA) GuestMachine qemuGa) throws Exception {
        for (var machine : List.of(qemuGa, lodger)) {
            try (var host = machine.connect()) {
                for (var command : COMMANDS) {
                    var reply = host.host().ask("{\"execute\":\"" + command + "\"}");
                    assertTrue(KUBEVIRT.matcher(reply).matches(), reply);
                }
            }
        }
    }
}
