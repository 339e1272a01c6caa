package io.lodger.itests.benchmark;

import com.google.gson.JsonParser;
import io.lodger.itests.AgentProcess;
import io.lodger.itests.Await;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** From exec of a save helper, started as the agent starts it, to its first frame, beside a JVM that prints one line of as many bytes. */
final class SaveHelperStart {

    private static final int ROUNDS = 25;
    private static final String HELPER = "io.lodger.save.helper.Main";
    /** 4 bytes of length, the protocol's name and its version. */
    private static final int FIRST_FRAME = 19;

    private SaveHelperStart() {
    }

    static void run(Path folder) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var hello = List.of(java, "-cp", hello(folder).toString(), "Greeting");
        var helper = commandLine(folder);
        double[] jvms = new double[ROUNDS];
        double[] helpers = new double[ROUNDS];
        for (int i = -2; i < ROUNDS; i++) {
            double ofJvm = untilBytes(hello);
            double ofHelper = untilBytes(helper);
            if (i >= 0) {
                jvms[i] = ofJvm;
                helpers[i] = ofHelper;
            }
        }
        Table.row("save helper, exec to first frame", "ms", "hello-world JVM", jvms, helpers);
    }

    /** The command line of a helper that the agent has started. */
    private static List<String> commandLine(Path folder) throws Exception {
        var seen = new AtomicReference<List<String>>();
        try (var agent = AgentProcess.lodger(folder.resolve("save")); var host = agent.connectWhenReady()) {
            Await.until("a helper is seen", () -> {
                var reply = host.ask("{'execute': 'lodger-image-verify', 'arguments': {'path': '/nowhere'}}");
                var job = JsonParser.parseString(reply).getAsJsonObject().getAsJsonObject("return").get("job").getAsString();
                while (seen.get() == null && host.ask("{'execute': 'lodger-job-status', 'arguments': {'job': '" + job + "'}}")
                        .contains("\"state\": \"running\"")) {
                    helper(agent.pid()).ifPresent(seen::set);
                }
                return seen.get() != null;
            });
        }
        return seen.get();
    }

    private static Optional<List<String>> helper(long agent) {
        return ProcessHandle.of(agent).stream().flatMap(ProcessHandle::children).flatMap(child -> words(child.pid()))
                .filter(words -> words.contains(HELPER)).findFirst();
    }

    private static Stream<List<String>> words(long pid) {
        try {
            return Stream.of(List.of(Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.UTF_8).split("\0")));
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static Path hello(Path folder) throws IOException {
        var source = folder.resolve("Greeting.java");
        Files.writeString(source,
                "class Greeting { public static void main(String[] a) { System.out.println(\"Hello, world, hello\"); } }");
        var compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler.run(null, null, null, "--release", "17", "-d", folder.toString(), source.toString()) != 0) {
            throw new IOException("javac failed");
        }
        return folder;
    }

    private static double untilBytes(List<String> command) throws Exception {
        long start = System.nanoTime();
        var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getInputStream().readNBytes(FIRST_FRAME);
        double taken = (System.nanoTime() - start) / 1e6;
        process.getOutputStream().close();
        process.waitFor();
        return taken;
    }
}
