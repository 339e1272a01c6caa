package io.lodger.itests.benchmark;

import io.lodger.itests.AgentProcess;
import io.lodger.itests.Await;
import io.lodger.itests.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** From exec to the first answer of a ping, beside qemu-ga and beside a JVM that prints one line and ends. */
final class Start {

    private static final int ROUNDS = 15;

    private Start() {
    }

    static void run(Path folder) throws Exception {
        for (var java : javas()) {
            measure(folder, java);
        }
    }

    /** The Java that runs this, and the other ones installed. */
    private static List<Path> javas() throws IOException {
        var own = Path.of(System.getProperty("java.home")).toRealPath();
        try (var installed = Files.exists(Path.of("/usr/lib/jvm")) ? Files.list(Path.of("/usr/lib/jvm")) : Stream.<Path>of()) {
            var others = installed.filter(home -> Files.isExecutable(home.resolve("bin/java"))).map(Start::real).distinct()
                    .filter(home -> !home.equals(own)).toList();
            return Stream.concat(Stream.of(own), others.stream()).toList();
        }
    }

    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return path;
        }
    }

    private static void measure(Path folder, Path javaHome) throws Exception {
        var java = javaHome.resolve("bin/java").toString();
        var name = javaHome.getFileName().toString();
        var hello = hello(folder);
        var home = folder.resolve("distribution-" + name);
        Await.success(new ProcessBuilder("cp", "-r", Distribution.home().toString(), home.toString()));
        var archive = new ProcessBuilder(home.resolve("libexec/make-archive").toString());
        archive.environment().put("LODGER_JAVA", java);
        Await.success(archive);

        double[] qemu = new double[ROUNDS];
        double[] jvm = new double[ROUNDS];
        double[] lodger = new double[ROUNDS];
        for (int i = -2; i < ROUNDS; i++) {
            double ofQemu = untilAnswer(folder, null, AgentProcess.qemuGaPath().orElseThrow().toString());
            double ofJvm = untilEnd(java, "-cp", hello.toString(), "Hello");
            double ofLodger = untilAnswer(folder, java, home.resolve("bin/lodger").toString());
            if (i >= 0) {
                qemu[i] = ofQemu;
                jvm[i] = ofJvm;
                lodger[i] = ofLodger;
            }
        }
        Table.row("exec to first answer, " + name, "ms", "hello-world JVM", jvm, lodger);
        Table.row("exec to first answer, " + name, "ms", "qemu-ga", qemu, lodger);
    }

    private static Path hello(Path folder) throws IOException {
        var source = folder.resolve("Hello.java");
        Files.writeString(source, "class Hello { public static void main(String[] a) { System.out.println(\"Hello, world\"); } }");
        int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, "--release", "17", "-d", folder.toString(),
                source.toString());
        if (status != 0) {
            throw new IOException("javac failed");
        }
        return folder;
    }

    private static double untilEnd(String... command) throws Exception {
        long start = System.nanoTime();
        var process = new ProcessBuilder(command).start();
        process.getInputStream().read();
        double taken = (System.nanoTime() - start) / 1e6;
        process.waitFor();
        return taken;
    }

    private static double untilAnswer(Path folder, String java, String program) throws Exception {
        long start = System.nanoTime();
        try (var agent = AgentProcess.started(List.of(program), java, folder)) {
            try (var host = agent.connect()) {
                host.ask("{\"execute\": \"guest-ping\"}");
            }
            return (System.nanoTime() - start) / 1e6;
        }
    }
}
