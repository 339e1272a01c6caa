package io.lodger.itests.save;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.itests.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine {@code criu} with a program in criu's place, which keeps to its manual page: many kernels are not to criu's liking. What the
 * real one does is tested in a guest.
 */
class CriuTest {

    /** Takes criu's words apart, tells the script the steps, and "dumps" the target's command line or "restores" a sleep. */
    private static final String PROGRAM = """
            #!/bin/sh
            here=${0%/*}
            echo "$*" >>"$here/calls"
            verb=$1
            shift
            while [ $# -gt 0 ]; do
              case $1 in
                -t) pid=$2 ;;
                -D) images=$2 ;;
                -o) log=$2 ;;
                --action-script) script=$2 ;;
                --pidfile) pidfile=$2 ;;
              esac
              shift
            done
            tell() {
              CRTOOLS_SCRIPT_ACTION=$1 "$script" || { echo "Error (criu/x.c:1): the script failed" >"$log"; exit 1; }
            }
            case $verb in
              check) [ ! -e "$here/refuse" ] || { echo "Error (criu/y.c:2): an old kernel"; exit 1; } ;;
              dump)
                tell pre-dump
                tell network-lock
                [ ! -e "$here/fail" ] || { echo "Error (criu/z.c:3): a socket" >"$log"; exit 1; }
                [ ! -e "$here/wait" ] || { touch "$here/waiting"; exec sleep 98765; }
                tr '\\0' ' ' <"/proc/$pid/cmdline" >"$images/core-$pid.img"
                tell post-dump
                ;;
              restore)
                cat "$images"/core-*.img >"$here/restored"
                tell post-resume
                echo 4242 >"$pidfile"
                ;;
            esac
            """;

    @TempDir
    private Path folder;
    private Path programs;
    private SavingAgent agent;
    private Process target;

    @BeforeEach
    void start() throws Exception {
        programs = Files.createDirectory(folder.resolve("programs"));
        Files.writeString(programs.resolve("criu"), PROGRAM);
        Files.setPosixFilePermissions(programs.resolve("criu"), PosixFilePermissions.fromString("rwxr-xr-x"));
        agent = new SavingAgent(folder, List.of("env", "PATH=" + programs + ":" + System.getenv("PATH")));
        agent.addEngine();
        target = new ProcessBuilder("sleep", "987").start();
    }

    @AfterEach
    void stop() throws Exception {
        target.destroyForcibly();
        agent.close();
    }

    private String save() throws IOException {
        return agent.ask("lodger-save", "'engine': 'criu', 'target': '" + target.pid() + "', 'path': '" + folder.resolve("x.image")
                + "', 'options': {'folder': '" + Files.createDirectories(folder.resolve("scratch")) + "', 'shell-job': 'true'}").get("job")
                .getAsString();
    }

    private void assertNothingIsLeft() throws IOException {
        try (var files = Files.list(folder.resolve("scratch"))) {
            assertEquals(List.of(), files.toList());
        }
        try (var files = Files.list(folder)) {
            assertEquals(List.of(), files.filter(file -> file.toString().endsWith(".partial")).toList());
        }
    }

    @Test
    void savesAndRestoresWithItsStepsToldToTheParticipants() throws Exception {
        // The vendor's participant notes what it is told in the folder that is the target; there is none of that name here.
        var saved = agent.ended(save());
        assertTrue(saved.toString().contains("the participant 'vendor' in its suspend failed"), saved.toString());
        agent.uninstall("test.saver");
        var facts = agent.result(save()).getAsJsonObject("facts");
        assertEquals(String.valueOf(target.pid()), facts.get("root-pid").getAsString());
        assertNothingIsLeft();
        assertTrue(target.isAlive());
        var restored = agent.result(agent.ask("lodger-restore", "'path': '" + folder.resolve("x.image") + "'").get("job").getAsString());
        assertEquals("4242", restored.getAsJsonObject("outcome").get("pid").getAsString());
        assertEquals("sleep 987 ", Files.readString(programs.resolve("restored")));
        assertTrue(Files.readString(programs.resolve("calls")).contains("--leave-running"));
        assertTrue(Files.readString(programs.resolve("calls")).contains("--shell-job"));
    }

    @Test
    void tellsCriusFirstError() throws Exception {
        agent.uninstall("test.saver");
        Files.writeString(programs.resolve("fail"), "");
        assertEquals("criu could not dump " + target.pid() + " (status 1): 'Error (criu/z.c:3): a socket'", agent.error(save()));
        assertNothingIsLeft();
        Files.writeString(programs.resolve("refuse"), "");
        assertTrue(agent.raw("{'execute': 'lodger-save-engines'}").contains("{\"name\": \"criu\", \"restores\": true, "
                + "\"obstacle\": \"'criu check' says 'Error (criu/y.c:2): an old kernel'\"}"));
    }

    @Test
    void endsCriuWhenItIsCancelled() throws Exception {
        agent.uninstall("test.saver");
        Files.writeString(programs.resolve("wait"), "");
        var job = save();
        Await.until("criu is at work", () -> Files.exists(programs.resolve("waiting")));
        agent.ask("lodger-job-cancel", "'job': '" + job + "'");
        assertEquals("cancelled", agent.ended(job).get("state").getAsString());
        assertFalse(ProcessHandle.allProcesses().anyMatch(process -> process.info().commandLine().orElse("").contains("sleep 98765")));
        assertNothingIsLeft();
    }

    @Test
    void isListedOnlyWhereItsProgramIs() throws Exception {
        Files.delete(programs.resolve("criu"));
        var installed = List.of("/usr/local/sbin/criu", "/usr/sbin/criu", "/usr/bin/criu", "/sbin/criu").stream()
                .anyMatch(file -> Files.exists(Path.of(file)));
        assertEquals(installed, agent.raw("{'execute': 'lodger-save-engines'}").contains("\"name\": \"criu\""));
    }
}
