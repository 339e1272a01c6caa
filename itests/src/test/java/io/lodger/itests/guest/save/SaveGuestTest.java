package io.lodger.itests.guest.save;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import io.lodger.itests.AgentProcess;
import io.lodger.itests.Await;
import io.lodger.itests.guest.AgentConnection;
import io.lodger.itests.guest.Guest;
import io.lodger.itests.guest.GuestMachine;
import io.lodger.itests.guest.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A process of a guest is saved and restored, and its host has the image. */
@Execution(ExecutionMode.CONCURRENT)
class SaveGuestTest {

    private static final String IMAGE = "/data/x.image";

    @TempDir
    private Path folder;

    @Test
    void anImageComesThroughThePortAndOpensWithGdbOnTheHost(@Guest GuestMachine machine) throws Exception {
        var tree = new CountingTree(machine, folder);
        var image = folder.resolve("image");
        try (var host = machine.connect()) {
            var saves = new Saves(host);
            long before = tree.count();
            var job = saves.start("lodger-save", "'engine': 'fork', 'target': '" + tree.pid() + "', 'stream': true");
            saves.read(job, image);
            var saved = saves.result(job);
            long after = tree.count();
            System.err.println("through the port came " + Files.size(image) + " bytes; " + saves.pings());
            assertEquals(Files.size(image), saved.get("size").getAsLong());
            assertEquals("none", saved.get("compression").getAsString());
            tree.assertCounts();
            tree.assertOpensWithGdb(image, before, after);
            assertNoCloneIsLeft(machine);
        }
        assertWhole(image);
    }

    @Test
    void aCompressedImageInTheGuestIsReadByZstdOnTheHost(@Guest GuestMachine machine) throws Exception {
        var tree = new CountingTree(machine, folder);
        var image = folder.resolve("image.zst");
        var core = folder.resolve("core");
        try (var host = machine.connect()) {
            var saves = new Saves(host);
            long before = tree.count();
            var saved = saves.result(saves.start("lodger-save", "'engine': 'fork', 'target': '" + tree.pid() + "', 'path': '" + IMAGE
                    + "', 'compression': 'zstd'"));
            long after = tree.count();
            System.err.println("in the guest are " + saved.get("size").getAsLong() + " bytes; " + saves.pings());
            assertEquals(saved, host.call("lodger-image-info", "{'path': '" + IMAGE + "'}"));
            assertEquals(String.valueOf(tree.pid()), saved.get("target").getAsString());
            var verified = saves.result(saves.start("lodger-image-verify", "'path': '" + IMAGE + "'"));
            assertTrue(verified.get("whole").getAsBoolean(), verified::toString);
            tree.assertCounts();
            fetch(machine, image);
            Await.success(new ProcessBuilder("zstd", "-q", "-d", image.toString(), "-o", core.toString()));
            assertEquals(saved.get("payload-size").getAsLong(), Files.size(core));
            tree.assertOpensWithGdb(core, before, after);
            assertNoCloneIsLeft(machine);
        }
    }

    @Test
    void aTreeOfProcessesIsBroughtBackByCriu(@Guest(image = Image.SYSTEMD) GuestMachine machine) throws Exception {
        var tree = new CountingTree(machine, folder);
        try (var host = machine.connect()) {
            var saves = new Saves(host);
            assertEquals("{\"name\":\"criu\",\"restores\":true}", engine(host, "criu"));
            long before = tree.count();
            saves.result(saves.start("lodger-save", "'engine': 'criu', 'target': '" + tree.pid() + "', 'path': '" + IMAGE + "'"));
            tree.assertCounts();
            tree.leap();
            tree.kill();
            var restored = saves.result(saves.start("lodger-restore", "'path': '" + IMAGE + "'"));
            assertEquals("{\"pid\":\"" + tree.pid() + "\"}", restored.get("outcome").toString());
            assertIsBack(tree, before);
            System.err.println("criu's image has " + machine.control().run("stat -c %s " + IMAGE).text() + " bytes; " + saves.pings());
        }
    }

    @Test
    void aTreeOfProcessesIsBroughtBackFromTheHost(@Guest(image = Image.SYSTEMD) GuestMachine machine) throws Exception {
        var tree = new CountingTree(machine, folder);
        var image = folder.resolve("image");
        try (var host = machine.connect()) {
            var saves = new Saves(host);
            long before = tree.count();
            var save = saves.start("lodger-save", "'engine': 'criu', 'target': '" + tree.pid()
                    + "', 'stream': true, 'compression': 'zstd'");
            saves.read(save, image);
            saves.result(save);
            tree.leap();
            tree.kill();
            var restore = saves.start("lodger-restore", "'engine': 'criu', 'stream': true");
            saves.write(restore, image);
            saves.result(restore);
            assertIsBack(tree, before);
            System.err.println("to and fro went " + Files.size(image) + " bytes; " + saves.pings());
        }
    }

    @Test
    void aProcessThatMayNotBePromisedTwiceIsLeftAlone(@Guest GuestMachine machine) throws Exception {
        var program = GuestProgram.build("hoarder", folder);
        machine.control().write("/data/hoarder", Files.readAllBytes(program));
        long pid = Long.parseLong(machine.control().run("chmod +x /data/hoarder; setsid /data/hoarder > /data/hoard 2>&1 & echo $!").text());
        machine.control().await("grep -q whole /data/hoard");
        // Room for a helper, and not for another hoard.
        machine.control().run("value() { sed -n \"s/^$1: *\\([0-9]*\\) kB/\\1/p\" /proc/meminfo; }; "
                + "echo $(($(value Committed_AS) + 400 * 1024 - $(value SwapTotal))) > /proc/sys/vm/overcommit_kbytes; "
                + "echo 2 > /proc/sys/vm/overcommit_memory").text();
        try (var host = machine.connect()) {
            var saves = new Saves(host);
            var reason = saves.error(saves.start("lodger-save", "'engine': 'fork', 'target': '" + pid + "', 'path': '" + IMAGE + "'"));
            assertTrue(reason.contains("(vm.overcommit_memory=2): a copy of process " + pid + " (hoarder) needs "), reason);
        }
        machine.control().run("kill -USR1 " + pid).text();
        machine.control().await("grep -q 'still whole' /data/hoard");
    }

    @Test
    void aGuestWithoutCriuDoesNotOfferIt(@Guest GuestMachine machine) throws Exception {
        try (var host = machine.connect()) {
            host.sync();
            assertEquals("[{\"name\":\"fork\",\"restores\":false}]", host.call("lodger-save-engines").toString());
            var refusal = host.ask("lodger-save", "{'engine': 'criu', 'target': '1', 'path': '" + IMAGE + "'}").getAsJsonObject("error");
            assertEquals("There is no engine 'criu'; there is: fork", refusal.get("desc").getAsString());
        }
    }

    private static void assertIsBack(CountingTree tree, long before) throws Exception {
        long now = tree.count();
        assertTrue(before <= now && now < CountingTree.LEAP, () -> "the count was " + before + ", and is " + now);
        tree.assertCounts();
    }

    private static String engine(AgentConnection host, String name) throws IOException {
        for (var engine : host.call("lodger-save-engines").getAsJsonArray()) {
            if (engine.getAsJsonObject().get("name").getAsString().equals(name)) {
                return engine.toString();
            }
        }
        throw new AssertionError("there is no engine " + name);
    }

    /** The program runs twice, as the parent and as its child, and nobody else may be left of it. */
    private static void assertNoCloneIsLeft(GuestMachine machine) throws IOException {
        assertEquals("2", machine.control().run("ls -l /proc/[0-9]*/exe 2>/dev/null | grep -c counting-tree").text());
    }

    /** Another agent, on this machine, has to find an image whole. */
    private void assertWhole(Path image) throws Exception {
        try (var agent = AgentProcess.lodger(folder.resolve("agent")); var host = agent.connectWhenReady()) {
            var started = host.ask("{'execute': 'lodger-image-verify', 'arguments': {'path': '" + image + "'}}");
            var job = JsonParser.parseString(started).getAsJsonObject().getAsJsonObject("return").get("job").getAsString();
            var ended = host.ask("{'execute': 'lodger-job-wait', 'arguments': {'job': '" + job + "', 'timeout': 20}}");
            assertTrue(ended.contains("\"whole\": true"), ended);
        }
    }

    /** Brings the image from the guest, beside the agent under test. */
    private static void fetch(GuestMachine machine, Path to) throws Exception {
        var control = machine.control().agent();
        long handle = control.call("guest-file-open", "{'path': '" + IMAGE + "'}").getAsLong();
        var read = control.call("guest-file-read", "{'handle': " + handle + ", 'count': 16777216}").getAsJsonObject();
        var bytes = Base64.getDecoder().decode(read.get("buf-b64").getAsString());
        control.call("guest-file-close", "{'handle': " + handle + "}");
        var digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        assertEquals(machine.control().run("sha256sum <" + IMAGE + " | cut -d ' ' -f 1").text(), digest);
        Files.write(to, bytes);
    }
}
