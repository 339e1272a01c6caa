package io.lodger.core.bundles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.core.AgentUnderTest;
import io.lodger.core.Facts;
import io.lodger.core.Host;
import io.lodger.core.registry.CommandDescription.Origin;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

class AddedBundlesTest {

    @TempDir
    Path folder;

    private Framework framework;
    private AgentUnderTest agent;
    private Host host;

    @BeforeEach
    void start() throws Exception {
        framework = new FrameworkFactory().newFramework(Map.of(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString()));
        framework.start();
        agent = AgentUnderTest.in(folder).start();
        var bundles = new AddedBundles(framework.getBundleContext(), agent.agent().registry());
        agent.agent().addBuiltIn(new BundleInstall(bundles));
        agent.agent().addBuiltIn(new BundleUninstall(bundles));
        agent.agent().addBuiltIn(new BundleList(bundles));
        host = agent.connect();
    }

    @AfterEach
    void stop() throws Exception {
        host.close();
        agent.close();
        framework.stop();
        framework.waitForStop(0);
    }

    private Path jar(String name, String version, String... more) throws IOException {
        var text = "Manifest-Version: 1.0\nBundle-ManifestVersion: 2\nBundle-SymbolicName: " + name + "\nBundle-Version: " + version
                + "\n" + String.join("\n", more) + "\n";
        var jar = folder.resolve(name + "-" + version + ".jar");
        new JarOutputStream(Files.newOutputStream(jar), new Manifest(new ByteArrayInputStream(text.getBytes()))).close();
        return jar;
    }

    private String install(Path jar) throws IOException {
        return host.send("{\"execute\": \"lodger-bundle-install\", \"arguments\": {\"path\": \"" + jar + "\"}}").line();
    }

    private String uninstall(String name) throws IOException {
        return host.send("{\"execute\": \"lodger-bundle-uninstall\", \"arguments\": {\"symbolic-name\": \"" + name + "\"}}").line();
    }

    private static String facts(String version, String state) {
        return "{\"symbolic-name\": \"com.example.hello\", \"version\": \"" + version + "\", \"state\": \"" + state
                + "\", \"origin\": \"added\", \"commands\": []}";
    }

    private void assertRefused(String expected, String reply) {
        assertTrue(reply.startsWith("{\"error\": {\"class\": \"GenericError\", \"desc\": \"") && reply.contains(expected), reply);
    }

    @Test
    void anAddedBundleIsActiveUntilItIsUninstalled() throws Exception {
        assertEquals("{\"return\": " + facts("1.0.0", "active") + "}", install(jar("com.example.hello", "1.0.0")));
        agent.add(Facts.Work.class, new Origin("com.example.hello", "1.0.0"), (none, context) -> "worked");
        assertEquals("{\"return\": [" + facts("1.0.0", "active").replace("[]", "[\"test-work\"]") + "]}",
                host.call("lodger-bundle-list"));
        assertEquals("{\"return\": {}}", uninstall("com.example.hello"));
        assertEquals("{\"return\": []}", host.call("lodger-bundle-list"));
    }

    @Test
    void aHigherVersionTakesOverAndTheLowerOneServesAgainWhenItGoes() throws Exception {
        install(jar("com.example.hello", "1.0.0"));
        assertEquals("{\"return\": " + facts("1.1.0", "active") + "}", install(jar("com.example.hello", "1.1.0")));
        assertEquals("{\"return\": [" + facts("1.0.0", "resolved") + ", " + facts("1.1.0", "active") + "]}",
                host.call("lodger-bundle-list"));
        uninstall("com.example.hello");
        assertEquals("{\"return\": [" + facts("1.0.0", "active") + "]}", host.call("lodger-bundle-list"));
    }

    @Test
    void aVersionThatIsNotHigherIsRefused() throws Exception {
        install(jar("com.example.hello", "1.1.0"));
        for (var version : new String[] {"1.1.0", "1.0.9"}) {
            assertRefused("com.example.hello 1.1.0 is installed already; only a higher version than that can take over from it, "
                    + "and this is " + version, install(jar("com.example.hello", version)));
        }
        assertEquals("{\"return\": [" + facts("1.1.0", "active") + "]}", host.call("lodger-bundle-list"));
    }

    @Test
    void aBundleThatCantBeStartedLeavesNothingBehind() throws Exception {
        install(jar("com.example.hello", "1.0.0"));
        assertRefused("com.example.hello 1.1.0 can't be started: ",
                install(jar("com.example.hello", "1.1.0", "Import-Package: com.example.nowhere")));
        assertEquals("{\"return\": [" + facts("1.0.0", "active") + "]}", host.call("lodger-bundle-list"));
    }

    @Test
    void whatIsNoBundleIsNamed() throws Exception {
        assertRefused(folder.resolve("none.jar") + ": is no file in the guest", install(folder.resolve("none.jar")));
        var text = Files.writeString(folder.resolve("text.jar"), "no jar");
        assertRefused(text + " is no bundle: ", install(text));
        var jar = folder.resolve("plain.jar");
        new JarOutputStream(Files.newOutputStream(jar), new Manifest()).close();
        assertRefused(jar + " is no bundle: its manifest has no Bundle-SymbolicName", install(jar));
        assertRefused("No bundle com.example.none is installed", uninstall("com.example.none"));
    }

    @Test
    void aBundleThatCameWithTheAgentStays() throws Exception {
        framework.getBundleContext().installBundle(jar("com.example.hello", "1.0.0").toUri().toString());
        assertRefused("came with the agent and can't be uninstalled", uninstall("com.example.hello"));
    }

    @Test
    void whileFrozenNoBundleIsInstalled() throws Exception {
        agent.agent().frozenState().freeze();
        assertTrue(install(jar("com.example.hello", "1.0.0")).contains("has been disabled"));
        assertEquals(1, framework.getBundleContext().getBundles().length);
    }
}
