package io.lodger.core.bundles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was added, as it changes and stays. */
class ChangesTest {

    private static final String HELLO = "com.example.hello";
    private static final Pattern WHEN = Pattern.compile("\"added-at\": \"[^\"]*\"");

    @TempDir
    private Path folder;
    private ManagedAgent agent;

    @BeforeEach
    void start() throws Exception {
        agent = ManagedAgent.start(folder);
    }

    @AfterEach
    void stop() throws Exception {
        agent.close();
    }

    private Path jar(String name, String version, String... headers) throws IOException {
        var jar = TestJar.bundle(name, version);
        for (var header : headers) {
            jar.header(header);
        }
        return jar.write(folder.resolve(name + "-" + version + ".jar"));
    }

    private static String facts(String version, String state, String more) {
        return "{\"symbolic-name\": \"com.example.hello\", \"version\": \"" + version + "\", \"state\": \"" + state
                + "\", \"origin\": \"added\", \"commands\": [], \"added-at\": \"NOW\", \"added-by\": \"c0\"" + more + "}";
    }

    private static String list(String... facts) {
        return "{\"return\": {\"require-signature\": false, \"safe-mode\": false, \"bundles\": [" + String.join(", ", facts) + "]}}";
    }

    private static void assertReply(String expected, String reply) {
        assertEquals(expected, WHEN.matcher(reply).replaceAll("\"added-at\": \"NOW\""));
    }

    private static void assertRefused(String why, String reply) {
        assertTrue(reply.startsWith("{\"error\": {\"class\": \"GenericError\", \"desc\": \"") && reply.contains(why), reply);
    }

    @Test
    void whatWasAddedIsThereAfterARestartAndGoesWhenItIsUninstalled() throws Exception {
        assertReply("{\"return\": [" + facts("1.0.0", "active", "") + "]}", agent.install(jar(HELLO, "1.0.0")));
        agent = agent.restarted();
        assertReply(list(facts("1.0.0", "active", "")), agent.list());
        assertEquals("{\"return\": {}}", agent.named("lodger-bundle-uninstall", HELLO));
        assertEquals(list(), agent.list());
        agent = agent.restarted();
        assertEquals(list(), agent.list());
        try (var jars = Files.list(folder.resolve("store/jars"))) {
            assertEquals(0, jars.count());
        }
    }

    @Test
    void anUpdateKeepsTheVersionBeforeForARollback() throws Exception {
        agent.install(jar(HELLO, "1.0.0"));
        assertReply("{\"return\": [" + facts("1.1.0", "active", ", \"previous\": \"1.0.0\"") + "]}", agent.update(jar(HELLO, "1.1.0")));
        agent.update(jar(HELLO, "1.2.0"));
        agent = agent.restarted();
        assertReply(list(facts("1.2.0", "active", ", \"previous\": \"1.1.0\"")), agent.list());
        assertReply("{\"return\": " + facts("1.1.0", "active", "") + "}", agent.named("lodger-bundle-rollback", HELLO));
        assertRefused("There is no version before com.example.hello 1.1.0", agent.named("lodger-bundle-rollback", HELLO));
        agent = agent.restarted();
        assertReply(list(facts("1.1.0", "active", "")), agent.list());
    }

    @Test
    void aStoppedBundleStaysStoppedUntilItIsStarted() throws Exception {
        agent.install(jar(HELLO, "1.0.0"));
        assertReply("{\"return\": " + facts("1.0.0", "stopped", "") + "}", agent.named("lodger-bundle-stop", HELLO));
        agent = agent.restarted();
        assertReply(list(facts("1.0.0", "stopped", "")), agent.list());
        assertReply("{\"return\": " + facts("1.0.0", "active", "") + "}", agent.named("lodger-bundle-start", HELLO));
        agent = agent.restarted();
        assertReply(list(facts("1.0.0", "active", "")), agent.list());
    }

    @Test
    void versionsGoUpOnly() throws Exception {
        assertRefused("com.example.hello was not added yet", agent.update(jar(HELLO, "1.1.0")));
        agent.install(jar(HELLO, "1.1.0"));
        assertRefused("com.example.hello 1.1.0 is added already; lodger-bundle-update brings a higher version",
                agent.install(jar(HELLO, "1.2.0")));
        for (var version : new String[] {"1.1.0", "1.0.9"}) {
            assertRefused("com.example.hello 1.1.0 is added; only a higher version can take over from it, and this is " + version,
                    agent.update(jar(HELLO, version)));
        }
        assertReply(list(facts("1.1.0", "active", "")), agent.list());
    }

    @Test
    void whatABundleLacksIsSaidInASentenceAndEverythingIsAsBefore() throws Exception {
        agent.install(jar(HELLO, "1.0.0"));
        assertRefused("com.example.hello 1.1.0 needs package org.osgi.framework [9.0,10.0), this agent offers 1.10.0",
                agent.update(jar(HELLO, "1.1.0", "Import-Package: org.osgi.framework;version=\"[9.0,10)\"")));
        assertRefused("needs package com.example.nowhere, which this agent doesn't offer",
                agent.update(jar(HELLO, "1.1.0", "Import-Package: com.example.nowhere")));
        assertRefused("needs bundle com.example.other 2.0.0 or higher, which this agent doesn't offer",
                agent.update(jar(HELLO, "1.1.0", "Require-Bundle: com.example.other;bundle-version=2.0")));
        assertRefused("needs a Java that has (&(osgi.ee=JavaSE)(version=99)), this one is ",
                agent.update(jar(HELLO, "1.1.0", "Require-Capability: osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\"")));
        assertRefused("can't start: java.lang.ClassNotFoundException: com.example.None",
                agent.update(jar(HELLO, "1.1.0", "Bundle-Activator: com.example.None")));
        assertReply(list(facts("1.0.0", "active", "")), agent.list());
        assertEquals(2, agent.context().getBundles().length);
    }

    @Test
    void theImagesVersionWinsWhenItIsNotLowerAndTheAddedOneIsListedAsSuperseded() throws Exception {
        var hello = jar(HELLO, "1.0.0", "Service-Component: ");
        agent = agent.restarted(hello);
        agent.install(jar(HELLO, "1.1.0"));
        assertTrue(agent.list().contains("\"version\": \"1.0.0\", \"state\": \"superseded\", \"origin\": \"feature\""), agent.list());
        var newer = jar(HELLO, "1.2.0", "Service-Component: ");
        agent = agent.restarted(newer);
        var list = agent.list();
        assertTrue(list.contains("\"version\": \"1.2.0\", \"state\": \"active\", \"origin\": \"feature\""), list);
        assertTrue(list.contains("\"version\": \"1.1.0\", \"state\": \"superseded\", \"origin\": \"added\""), list);
        assertTrue(list.contains("\"problem\": \"com.example.hello 1.2.0 came with the agent; only a higher version than that"), list);
        assertRefused("com.example.hello 1.2.0 came with the agent", agent.named("lodger-bundle-start", HELLO));
        assertEquals("{\"return\": {}}", agent.named("lodger-bundle-uninstall", HELLO));
    }

    @Test
    void aRollbackFromTheImagesVersionBringsItBack() throws Exception {
        agent = agent.restarted(jar(HELLO, "1.0.0", "Service-Component: "));
        assertTrue(agent.install(jar(HELLO, "1.1.0")).contains("\"previous\": \"1.0.0\""));
        var reply = agent.named("lodger-bundle-rollback", HELLO);
        assertTrue(reply.contains("\"version\": \"1.0.0\", \"state\": \"active\", \"origin\": \"feature\""), reply);
        assertRefused("com.example.hello 1.0.0 came with the agent", agent.named("lodger-bundle-uninstall", HELLO));
    }

    @Test
    void aFeatureGoesTogether() throws Exception {
        var one = feature("1.0.0", jar("com.example.a", "1.0.0", "Export-Package: com.example.a;version=1"),
                jar("com.example.b", "1.0.0", "Import-Package: com.example.a"));
        var reply = agent.install(one);
        assertTrue(reply.contains("\"com.example.a\"") && reply.contains("\"com.example.b\"")
                && reply.contains("\"feature\": \"com.example:tools:1.0.0\""), reply);
        assertRefused("com.example.a 1.0.0 is added already, with com.example:tools 1.0.0", agent.install(jar("com.example.a", "2.0.0")));
        var broken = feature("1.1.0", jar("com.example.a", "1.1.0", "Export-Package: com.example.a;version=1"),
                jar("com.example.b", "1.1.0", "Import-Package: com.example.nowhere"));
        assertRefused("com.example.b 1.1.0 needs package com.example.nowhere", agent.update(broken));
        var two = feature("1.2.0", jar("com.example.a", "1.2.0", "Export-Package: com.example.a;version=1"),
                folder.resolve("com.example.b-1.0.0.jar"));
        assertTrue(agent.update(two).contains("\"com.example.b\", \"version\": \"1.0.0\", \"state\": \"active\""));
        agent = agent.restarted();
        assertTrue(agent.list().contains("\"com.example.a\", \"version\": \"1.2.0\", \"state\": \"active\""), agent.list());
        assertTrue(agent.named("lodger-bundle-rollback", "com.example.b").contains("tools:1.0.0"));
        assertEquals("{\"return\": {}}", agent.named("lodger-bundle-uninstall", "com.example:tools"));
        assertEquals(list(), agent.list());
    }

    private Path feature(String version, Path... jars) throws IOException {
        var file = folder.resolve("tools-" + version + ".zip");
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            var bundles = new StringBuilder();
            for (var jar : jars) {
                var name = jar.getFileName().toString();
                bundles.append(bundles.isEmpty() ? "" : ", ").append("{\"id\": \"com.example:").append(name.replace(".jar", "")
                        .replaceFirst("-(?=\\d)", ":")).append("\"}");
                zip.putNextEntry(new ZipEntry(name));
                zip.write(Files.readAllBytes(jar));
            }
            zip.putNextEntry(new ZipEntry("feature.json"));
            zip.write(("{\"id\": \"com.example:tools:" + version + "\", \"bundles\": [" + bundles + "]}").getBytes());
        }
        return file;
    }

    @Test
    void whatOthersNeedIsNotTakenAway() throws Exception {
        agent.install(jar("com.example.a", "1.0.0", "Export-Package: com.example.a;version=1"));
        agent.install(jar("com.example.b", "1.0.0", "Import-Package: com.example.a"));
        assertRefused("com.example.b 1.0.0 needs what com.example.a 1.0.0 offers", agent.named("lodger-bundle-uninstall", "com.example.a"));
        assertTrue(agent.update(jar("com.example.a", "1.1.0", "Export-Package: com.example.a;version=1")).contains("1.1.0"));
        agent = agent.restarted();
        assertFalse(agent.list().contains("problem"), agent.list());
    }

    @Test
    void aDamagedOrMissingJarIsToldAndTheOthersAreThere() throws Exception {
        agent.install(jar(HELLO, "1.0.0"));
        agent.install(jar("com.example.other", "1.0.0"));
        agent.install(jar("com.example.third", "1.0.0"));
        agent.close();
        int kind = 0;
        try (var jars = Files.list(folder.resolve("store/jars"))) {
            for (var stored : jars.sorted().limit(2).toList()) {
                if (kind++ == 0) {
                    Files.writeString(stored, "damaged");
                } else {
                    Files.delete(stored);
                }
            }
        }
        agent = ManagedAgent.start(folder);
        var list = agent.list();
        assertTrue(list.contains(".jar is damaged\"") && list.contains(".jar is missing\""), list);
        assertEquals(2, list.split("\"state\": \"skipped\"", -1).length - 1, list);
        assertEquals(1, list.split("\"state\": \"active\"", -1).length - 1, list);
    }

    @Test
    void aDamagedIndexIsSetAsideAndTheAgentGoesOn() throws Exception {
        agent.install(jar(HELLO, "1.0.0"));
        agent.close();
        Files.writeString(folder.resolve("store/index.json"), "{\"format\": 1, \"added\": [{}]}");
        agent = ManagedAgent.start(folder);
        assertEquals(list(), agent.list());
        assertTrue(Files.exists(folder.resolve("store/index.json.damaged")));
    }

    @Test
    void inSafeModeNothingIsStartedUntilTheOperatorSaysSo() throws Exception {
        agent.install(jar(HELLO, "1.0.0"));
        agent.install(jar("com.example.other", "1.0.0"));
        agent.close();
        agent = ManagedAgent.start(folder, ManagedAgent.configuration(folder, true));
        var list = agent.list();
        assertTrue(list.contains("\"safe-mode\": true"), list);
        assertEquals(2, list.split("\"state\": \"skipped\"", -1).length - 1, list);
        assertEquals("{\"return\": {}}", agent.named("lodger-bundle-uninstall", HELLO));
        assertTrue(agent.named("lodger-bundle-start", "com.example.other").contains("\"state\": \"active\""));
    }

    @Test
    void onlyTheChannelsOfTheConfigurationManageBundlesAndEachWishIsWrittenDown() throws Exception {
        agent.close();
        agent = ManagedAgent.start(folder, ManagedAgent.configuration(folder, false, "c1"));
        assertRefused("The channel 'c0' may not manage bundles; manage-channels in the configuration allows c1",
                agent.install(jar(HELLO, "1.0.0")));
        assertRefused("may not manage", agent.ask("lodger-bundle-upload-begin", "\"size\": 1, \"sha256\": \"" + "0".repeat(64) + "\""));
        try (var host = agent.agent().connect(1)) {
            host.send("{\"execute\": \"lodger-bundle-install\", \"arguments\": {\"path\": \"" + jar(HELLO, "1.0.0") + "\"}}");
            assertTrue(host.line().contains("\"added-by\": \"c1\""));
        }
        var lines = Files.readAllLines(folder.resolve("store/audit.log"));
        assertEquals(2, lines.size());
        assertTrue(lines.get(0).contains("\"channel\":\"c0\",\"command\":\"lodger-bundle-install\"")
                && lines.get(0).contains("\"outcome\":\"refused\",\"error\":\"The channel"), lines.get(0));
        assertTrue(lines.get(1).contains("\"bundle\":\"com.example.hello\",\"version\":\"1.0.0\",\"outcome\":\"done\""), lines.get(1));
    }

    @Test
    void whileFrozenNothingIsChanged() throws Exception {
        agent.agent().agent().frozenState().freeze();
        for (var verb : new String[] {"install", "update", "uninstall", "start", "stop", "rollback", "upload-begin", "upload-write"}) {
            var reply = agent.ask("lodger-bundle-" + verb, "");
            assertTrue(reply.contains("has been disabled"), reply);
        }
        agent.agent().agent().frozenState().thaw();
        assertEquals(list(), agent.list());
    }
}
