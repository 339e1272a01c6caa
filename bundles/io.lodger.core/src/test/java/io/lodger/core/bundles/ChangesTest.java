package io.lodger.core.bundles;

import static io.lodger.core.bundles.BundleReplies.HELLO;
import static io.lodger.core.bundles.BundleReplies.assertRefused;
import static io.lodger.core.bundles.BundleReplies.assertReply;
import static io.lodger.core.bundles.BundleReplies.facts;
import static io.lodger.core.bundles.BundleReplies.list;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was added, as it changes and stays. */
class ChangesTest {

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

    @Test
    void whatWasAddedIsThereAfterARestartAndGoesWhenItIsUninstalled() throws Exception {
        assertReply("{\"return\": [" + facts("1.0.0", "active", "") + "]}", agent.install(TestJar.in(folder, HELLO, "1.0.0")));
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
        agent.install(TestJar.in(folder, HELLO, "1.0.0"));
        assertReply("{\"return\": [" + facts("1.1.0", "active", ", \"previous\": \"1.0.0\"") + "]}",
                agent.update(TestJar.in(folder, HELLO, "1.1.0")));
        agent.update(TestJar.in(folder, HELLO, "1.2.0"));
        agent = agent.restarted();
        assertReply(list(facts("1.2.0", "active", ", \"previous\": \"1.1.0\"")), agent.list());
        assertReply("{\"return\": " + facts("1.1.0", "active", "") + "}", agent.named("lodger-bundle-rollback", HELLO));
        assertRefused("There is no version before com.example.hello 1.1.0", agent.named("lodger-bundle-rollback", HELLO));
        agent = agent.restarted();
        assertReply(list(facts("1.1.0", "active", "")), agent.list());
    }

    @Test
    void aStoppedBundleStaysStoppedUntilItIsStarted() throws Exception {
        agent.install(TestJar.in(folder, HELLO, "1.0.0"));
        assertReply("{\"return\": " + facts("1.0.0", "stopped", "") + "}", agent.named("lodger-bundle-stop", HELLO));
        agent = agent.restarted();
        assertReply(list(facts("1.0.0", "stopped", "")), agent.list());
        assertReply("{\"return\": " + facts("1.0.0", "active", "") + "}", agent.named("lodger-bundle-start", HELLO));
        agent = agent.restarted();
        assertReply(list(facts("1.0.0", "active", "")), agent.list());
    }

    @Test
    void versionsGoUpOnly() throws Exception {
        assertRefused("com.example.hello was not added yet", agent.update(TestJar.in(folder, HELLO, "1.1.0")));
        agent.install(TestJar.in(folder, HELLO, "1.1.0"));
        assertRefused("com.example.hello 1.1.0 is added already; lodger-bundle-update brings a higher version",
                agent.install(TestJar.in(folder, HELLO, "1.2.0")));
        for (var version : new String[] {"1.1.0", "1.0.9"}) {
            assertRefused("com.example.hello 1.1.0 is added; only a higher version can take over from it, and this is " + version,
                    agent.update(TestJar.in(folder, HELLO, version)));
        }
        assertReply(list(facts("1.1.0", "active", "")), agent.list());
    }

    @Test
    void whatABundleLacksIsSaidInASentenceAndEverythingIsAsBefore() throws Exception {
        agent.install(TestJar.in(folder, HELLO, "1.0.0"));
        assertRefused("com.example.hello 1.1.0 needs package org.osgi.framework [9.0,10.0), this agent offers 1.10.0",
                agent.update(TestJar.in(folder, HELLO, "1.1.0", "Import-Package: org.osgi.framework;version=\"[9.0,10)\"")));
        assertRefused("needs package com.example.nowhere, which this agent doesn't offer",
                agent.update(TestJar.in(folder, HELLO, "1.1.0", "Import-Package: com.example.nowhere")));
        assertRefused("needs bundle com.example.other 2.0.0 or higher, which this agent doesn't offer",
                agent.update(TestJar.in(folder, HELLO, "1.1.0", "Require-Bundle: com.example.other;bundle-version=2.0")));
        assertRefused("needs a Java that has (&(osgi.ee=JavaSE)(version=99)), this one is ",
                agent.update(TestJar.in(folder, HELLO, "1.1.0",
                        "Require-Capability: osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\"")));
        assertRefused("can't start: java.lang.ClassNotFoundException: com.example.None",
                agent.update(TestJar.in(folder, HELLO, "1.1.0", "Bundle-Activator: com.example.None")));
        assertReply(list(facts("1.0.0", "active", "")), agent.list());
        assertEquals(2, agent.context().getBundles().length);
    }

    @Test
    void aFeatureGoesTogether() throws Exception {
        var one = feature("1.0.0", TestJar.in(folder, "com.example.a", "1.0.0", "Export-Package: com.example.a;version=1"),
                TestJar.in(folder, "com.example.b", "1.0.0", "Import-Package: com.example.a"));
        var reply = agent.install(one);
        assertTrue(reply.contains("\"com.example.a\"") && reply.contains("\"com.example.b\"")
                && reply.contains("\"feature\": \"com.example:tools:1.0.0\""), reply);
        assertRefused("com.example.a 1.0.0 is added already, with com.example:tools 1.0.0",
                agent.install(TestJar.in(folder, "com.example.a", "2.0.0")));
        var broken = feature("1.1.0", TestJar.in(folder, "com.example.a", "1.1.0", "Export-Package: com.example.a;version=1"),
                TestJar.in(folder, "com.example.b", "1.1.0", "Import-Package: com.example.nowhere"));
        assertRefused("com.example.b 1.1.0 needs package com.example.nowhere", agent.update(broken));
        var two = feature("1.2.0", TestJar.in(folder, "com.example.a", "1.2.0", "Export-Package: com.example.a;version=1"),
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
        agent.install(TestJar.in(folder, "com.example.a", "1.0.0", "Export-Package: com.example.a;version=1"));
        agent.install(TestJar.in(folder, "com.example.b", "1.0.0", "Import-Package: com.example.a"));
        assertRefused("com.example.b 1.0.0 needs what com.example.a 1.0.0 offers", agent.named("lodger-bundle-uninstall", "com.example.a"));
        assertTrue(agent.update(TestJar.in(folder, "com.example.a", "1.1.0", "Export-Package: com.example.a;version=1")).contains("1.1.0"));
        agent = agent.restarted();
        assertFalse(agent.list().contains("problem"), agent.list());
    }
}
