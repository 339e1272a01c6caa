package io.lodger.itests.vendor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import aQute.bnd.osgi.Builder;
import io.lodger.itests.AgentProcess;
import io.lodger.itests.Distribution;
import io.lodger.itests.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a vendor built against the contract's first release runs on the agent of this build. */
class ContractTest {

    private static final String CALL = "{'execute': 'veteran-recite', 'arguments': {'lines': ['one', 'two'], 'tone': 'loud-voice', "
            + "'number': 18446744073709551615, 'bytes-b64': 'AQID'%s}}";

    @TempDir
    private Path folder;

    @Test
    void aBundleBuiltAgainstTheFirstReleaseRuns() throws Exception {
        var jar = veteran();
        assertTrue(imports(jar).contains("io.lodger.command;version=\"[1.0,2)\""), imports(jar));
        try (var agent = agent(jar)) {
            assertTrue(install(agent, jar).good().output().contains("veteran-recite"));
            assertAnswers(agent);
        }
    }

    private static void assertAnswers(AgentProcess agent) throws IOException {
        try (var host = agent.connect()) {
            assertEquals("{\"return\": {\"lines\": {\"count\": 2}, \"tone\": \"loud-voice\", \"number\": 18446744073709551615, "
                    + "\"bytes\": \"AQID\", \"cancelled\": false}}", host.ask(CALL.formatted("")));
            assertEquals("{\"error\": {\"class\": \"VeteranError\", \"desc\": \"as you wished\"}}",
                    host.ask(CALL.formatted(", 'fail': true")));
            host.send(CALL.formatted(", 'linger': true"));
            // The byte 0xFF cancels it; its reply is dropped, and the agent goes on.
            host.send("\u00ff{'execute': 'guest-sync-delimited', 'arguments': {'id': 7}}");
            assertTrue(synchronised(host), "the agent is in step again");
        }
    }

    private static boolean synchronised(Host host) throws IOException {
        for (var line = host.line(); ; line = host.line()) {
            assertFalse(line.contains("\"lines\""), line);
            if (line.endsWith("{\"return\": 7}")) {
                return true;
            }
        }
    }

    @Test
    void aBundleThatNeedsAContractOfTheFutureIsRefusedInASentence() throws Exception {
        var jar = veteran("Import-Package", "io.lodger.command;version=\"[2.0,3.0)\",*");
        try (var agent = agent(jar)) {
            var refused = install(agent, jar);
            assertEquals(1, refused.status(), refused.output());
            assertTrue(refused.errors().contains("needs package io.lodger.command [2.0,3.0), this agent offers 1.1.0"),
                    refused.errors());
        }
    }

    /** An agent that trusts whoever has signed the jar. */
    private AgentProcess agent(Path jar) throws Exception {
        var key = VendorKey.make(Files.createDirectory(folder.resolve("home")));
        key.sign(jar);
        var agent = AgentProcess.lodger(folder, key.agentOptions());
        // It serves one client at a time.
        agent.connectWhenReady().close();
        return agent;
    }

    private static Program.Ended install(AgentProcess agent, Path jar) throws Exception {
        return Program.lodgerctl("--socket", agent.socket(), "bundle", "install", jar);
    }

    private Path veteran(String... instructions) throws Exception {
        var sources = Distribution.checkout().resolve("itests/contract");
        var libraries = Stream.of(System.getProperty("java.class.path").split(":"))
                .filter(entry -> entry.contains("org.osgi") && Files.exists(Path.of(entry))).toList();
        var contract = compile(sources.resolve("1.0.0"), "contract", libraries);
        var classPath = new ArrayList<>(libraries);
        classPath.add(contract.toString());
        var vendor = compile(sources.resolve("vendor"), "vendor", classPath);
        try (var builder = new Builder()) {
            builder.setProperty("Bundle-SymbolicName", "com.example.veteran");
            builder.setProperty("Bundle-Version", "1.0.0");
            builder.setProperty("Private-Package", "com.example.veteran");
            for (int i = 0; i < instructions.length; i += 2) {
                builder.setProperty(instructions[i], instructions[i + 1]);
            }
            for (var entry : List.of(vendor, contract)) {
                builder.addClasspath(entry.toFile());
            }
            for (var entry : libraries) {
                builder.addClasspath(Path.of(entry).toFile());
            }
            var jar = folder.resolve("com.example.veteran-1.0.0.jar");
            builder.build().write(jar.toFile());
            assertEquals(List.of(), builder.getErrors());
            return jar;
        }
    }

    private Path compile(Path sources, String name, List<String> classPath) throws IOException {
        var classes = Files.createDirectories(folder.resolve(name));
        var line = new ArrayList<>(List.of("--release", "17", "-proc:none", "-parameters", "-d", classes.toString(),
                "-classpath", String.join(":", classPath)));
        try (var files = Files.walk(sources)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> line.add(file.toString()));
        }
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, line.toArray(String[]::new)));
        return classes;
    }

    private static String imports(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue("Import-Package");
        }
    }
}
