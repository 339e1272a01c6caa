package io.lodger.ctl.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is made of the words of virsh 9.0, which a script says here; the real one is asked in real guests by the integration tests. */
@Timeout(60)
class DomainChannelTest {
    private static final Duration WAIT = Duration.ofSeconds(7);

    @TempDir
    Path folder;

    @Test
    void theReplysResultIsTheResult() throws Exception {
        assertEquals("{\"a\":1}", call("echo '{\"return\":{\"a\":1}}'").toString());
        assertEquals(List.of("--quiet", "--connect", "qemu:///session", "qemu-agent-command", "--timeout", "7", "--domain", "web 1",
            "--cmd", "{\"execute\":\"guest-ping\",\"arguments\":{\"x\":\"y\"}}"), Files.readAllLines(folder.resolve("words")));
    }

    @Test
    void theAgentsRefusalIsToldFromLibvirts() throws Exception {
        var unknown = assertThrows(AgentErrorException.class, () -> call("""
            echo "error: internal error: unable to execute QEMU agent command 'x': The command x has not been found" >&2; exit 1"""));
        assertEquals("CommandNotFound", unknown.errorClass());
        var refused = assertThrows(AgentErrorException.class, () -> call("""
            echo "error: internal error: unable to execute QEMU agent command 'x': no 'y' here" >&2; exit 1"""));
        assertEquals("GenericError: no 'y' here", refused.errorClass() + ": " + refused.getMessage());
        var gone = assertThrows(AgentUnavailableException.class, () -> call("""
            echo "error: Guest agent is not responding: QEMU guest agent is not connected" >&2; exit 1"""));
        assertTrue(gone.getMessage().endsWith("from web 1: Guest agent is not responding: QEMU guest agent is not connected"),
            gone.getMessage());
    }

    @Test
    void silenceIsSuccessOnlyWhereItHasToBe() throws Exception {
        var silent = "echo \"error: Guest agent is not responding: guest agent didn't respond to command within '7' seconds\" >&2; exit 1";
        assertThrows(AgentUnavailableException.class, () -> call(silent));
        assertEquals("{}", new DomainChannel(virsh(silent), "web 1").call("guest-shutdown", null, WAIT, false).toString());
    }

    @Test
    void aRequestMayBeAsLongAsTheKernelLetsAnArgumentBe() throws Exception {
        var channel = new DomainChannel(virsh("echo '{\"return\":{}}'"), "web 1");
        var arguments = new JsonObject();
        arguments.addProperty("x", "");
        var empty = "{\"execute\":\"guest-ping\",\"arguments\":{\"x\":\"\"}}".length();
        arguments.addProperty("x", "y".repeat(channel.longestRequest() - empty));
        assertEquals("{}", channel.call("guest-ping", arguments, WAIT, true).toString());
        arguments.addProperty("x", "y".repeat(channel.longestRequest() - empty + 1));
        assertThrows(AgentUnavailableException.class, () -> channel.call("guest-ping", arguments, WAIT, true));
    }

    @Test
    void aMissingVirshIsNamed() {
        var missing = new Virsh(folder.resolve("no-virsh").toString(), "qemu:///session");
        assertTrue(assertThrows(AgentUnavailableException.class, missing::running).getMessage().contains("libvirt-clients"));
    }

    @Test
    void runningDomainsAreListed() throws Exception {
        assertEquals(List.of("web 1", "web 2"), virsh("printf 'web 1\\nweb 2\\n\\n'").running());
    }

    private Object call(String script) throws Exception {
        var arguments = new JsonObject();
        arguments.addProperty("x", "y");
        return new DomainChannel(virsh(script), "web 1").call("guest-ping", arguments, WAIT, true);
    }

    private Virsh virsh(String script) throws IOException {
        var program = folder.resolve("virsh");
        Files.writeString(program, "#!/bin/sh\nprintf '%s\\n' \"$@\" >" + folder.resolve("words") + "\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new Virsh(program.toString(), "qemu:///session");
    }
}
