package io.lodger.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images of programs that people run. */
class ProgramsTest {

    @TempDir
    private Path folder;

    @Test
    void ofAJavaProgramTheJdksOwnDebuggerShowsJavaThreadsAndTheHeapIsThere() throws Exception {
        var image = folder.resolve("image");
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        try (var target = TargetProcess.start(java, "-Xmx128m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
                BusyHeap.class.getName())) {
            var facts = EngineProcess.save(target.pid(), image);
            long before = target.ask()[0];
            TargetProcess.await("more garbage", () -> target.answer()[0] > before);
            var stacks = TargetProcess.run(Path.of(System.getProperty("java.home"), "bin", "jhsdb").toString(), "jstack", "--exe", java,
                    "--core", image.toString());
            assertTrue(stacks.contains("garbage-0") && stacks.contains("garbage-1")
                    && stacks.contains("io.lodger.snapshot.BusyHeap.makeGarbage"), stacks);
            var all = gdb(java, image);
            assertEquals(Integer.parseInt(facts.get("threads")), all.lines().filter(line -> line.startsWith("Thread ")).count(), all);
            assertTrue(all.contains("futex") && all.contains("start_thread"), all);
            assertTrue(holds(image, ByteBuffer.allocate(16).order(ByteOrder.nativeOrder()).putLong(0x1122334455667788L)
                    .putLong(0x0123456789abcdefL).array()));
        }
    }

    @Test
    void ofRedisTheLoopAndAValueAreThereAndItAnswersOn() throws Exception {
        var image = folder.resolve("image");
        var socket = folder.resolve("redis").toString();
        var redis = "/usr/bin/redis-server";
        var process = new ProcessBuilder(redis, "--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            TargetProcess.await("redis", () -> Files.exists(Path.of(socket)));
            assertEquals("OK", cli(socket, "set", "key", "a value that nobody else has 4711"));
            var facts = EngineProcess.save(process.pid(), image);
            assertEquals("a value that nobody else has 4711", cli(socket, "get", "key"));
            var stacks = gdb(redis, image);
            assertTrue(stacks.contains("epoll_wait") && stacks.contains("start_thread"), stacks);
            assertEquals(Integer.parseInt(facts.get("threads")), stacks.lines().filter(line -> line.startsWith("Thread ")).count(), stacks);
            assertTrue(holds(image, "a value that nobody else has 4711".getBytes(StandardCharsets.US_ASCII)));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static String cli(String socket, String... command) throws Exception {
        var arguments = new ArrayList<>(List.of("redis-cli", "-s", socket));
        arguments.addAll(List.of(command));
        return TargetProcess.run(arguments.toArray(String[]::new)).strip();
    }

    @Test
    void ofPythonTheInterpreterAndAValueAreThere() throws Exception {
        var image = folder.resolve("image");
        var script = "import os, sys, threading, time\nvalue = 'nobody else has' + ' 0815' * 3\n"
                + "threading.Thread(target=time.sleep, args=(3600,), daemon=True).start()\nprint('ready', os.getpid(), flush=True)\n"
                + "for line in sys.stdin: print(len(value), flush=True)";
        try (var target = TargetProcess.start("/usr/bin/python3", "-c", script)) {
            EngineProcess.save(target.pid(), image);
            assertEquals(30, target.ask()[0]);
            var stacks = gdb("/usr/bin/python3", image);
            assertTrue(stacks.contains("Py_BytesMain") && stacks.contains("clock_nanosleep") && stacks.contains("read"), stacks);
            assertTrue(holds(image, "nobody else has 0815 0815 0815".getBytes(StandardCharsets.US_ASCII)));
        }
    }

    private static String gdb(String program, Path image) throws Exception {
        var text = TargetProcess.run("gdb", "--batch", "-nx", "-ex", "thread apply all backtrace", program, image.toString());
        assertFalse(text.contains("core file may not match") || text.contains("Couldn't") || text.contains("truncated"), text);
        return text;
    }

    /** Whether an image has these bytes in it. */
    private static boolean holds(Path image, byte[] wanted) throws Exception {
        var text = new String(wanted, StandardCharsets.ISO_8859_1);
        try (var stream = Files.newInputStream(image)) {
            var piece = "";
            for (var bytes = stream.readNBytes(1 << 20); bytes.length > 0; bytes = stream.readNBytes(1 << 20)) {
                piece = piece.substring(Math.max(0, piece.length() - wanted.length)) + new String(bytes, StandardCharsets.ISO_8859_1);
                if (piece.contains(text)) {
                    return true;
                }
            }
        }
        return false;
    }
}
