package io.lodger.core.bundles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;

/** What no bundle may do, whoever signed it. */
class RulesTest {

    private static final String COMPONENT = """
            <component name="x">
              <implementation class="com.example.X"/>
              <service><provide interface="io.lodger.command.Command"/></service>
              <property name="lodger.command.name" value="%s"/>
            </component>
            """;

    @TempDir
    private Path folder;
    private ManagedAgent agent;

    @BeforeEach
    void start() throws Exception {
        agent = ManagedAgent.start(folder, TestJar.bundle("io.lodger.power", "1.0.0").header("Service-Component: ")
                .header("Export-Package: io.lodger.power.strategy;version=1").write(folder.resolve("power.jar")),
                TestJar.bundle("com.google.gson", "2.0.0").header("Export-Package: com.google.gson;version=2")
                        .write(folder.resolve("gson.jar")));
    }

    @AfterEach
    void stop() throws Exception {
        assertEquals(3, agent.context().getBundles().length);
        assertEquals("{\"return\": {}}", agent.ask("guest-ping", ""));
        agent.close();
    }

    private void assertRefused(String why, TestJar jar) throws IOException {
        var reply = agent.install(jar.write(folder.resolve("x.jar")));
        assertTrue(reply.startsWith("{\"error\": ") && reply.contains("is refused: it " + why), reply);
    }

    private static TestJar vendors() {
        return TestJar.bundle("com.example.hello", "1.0.0");
    }

    @Test
    void aFragmentIsRefusedBeforeTheFrameworkSeesIt() throws Exception {
        var events = new CopyOnWriteArrayList<BundleEvent>();
        agent.context().addBundleListener((SynchronousBundleListener) events::add);
        assertRefused("is a fragment, by Fragment-Host in its manifest; only whole bundles can be added",
                vendors().header("Fragment-Host: io.lodger.power"));
        assertRefused("is a fragment", vendors().header("Fragment-Host: system.bundle; extension:=framework"));
        assertEquals(List.of(), events);
    }

    @Test
    void nativeCodeIsRefused() throws Exception {
        assertRefused("has native code, which can't be taken out of the agent again",
                vendors().header("Bundle-NativeCode: libx.so; osname=Linux").entry("libx.so", "x"));
    }

    @Test
    void exportsOfTheAgentsPackagesAreRefused() throws Exception {
        assertRefused("exports the package io.lodger.command, which belongs to the agent",
                vendors().header("Export-Package: io.lodger.command;version=9"));
        assertRefused("exports the package io.lodger.power.strategy, which belongs to io.lodger.power 1.0.0",
                vendors().header("Export-Package: io.lodger.power.strategy;version=9"));
        assertRefused("exports the package com.google.gson, which belongs to com.google.gson 2.0.0",
                vendors().header("Export-Package: com.google.gson;version=9"));
        assertRefused("exports the package org.osgi.framework, which belongs to the agent",
                vendors().header("Export-Package: org.osgi.framework;version=9"));
    }

    @Test
    void aPartOfTheAgentIsNotReplaced() throws Exception {
        for (var name : new String[] {"com.google.gson", "io.lodger.core", "org.apache.felix.scr"}) {
            assertRefused("is a part of the agent itself", TestJar.bundle(name, "9.0.0"));
        }
        assertRefused("has a name that belongs to Lodger, and this agent has no such bundle", TestJar.bundle("io.lodger.nobody", "9.0.0"));
    }

    @Test
    void aCommandThatAnotherBundleHasIsRefused() throws Exception {
        for (var name : new String[] {"guest-ping", "lodger-bundle-install"}) {
            assertRefused("brings the command " + name + ", which io.lodger.core 1.2.3 has",
                    vendors().header("Service-Component: OSGI-INF/*.xml").entry("OSGI-INF/x.xml", String.format(COMPONENT, name)));
        }
    }

    @Test
    void aComponentDescriptionThatReadsFilesIsRefused() throws Exception {
        var reply = agent.install(vendors().header("Service-Component: OSGI-INF/x.xml").entry("OSGI-INF/x.xml",
                "<!DOCTYPE component [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>" + String.format(COMPONENT, "&x;"))
                .write(folder.resolve("x.jar")));
        assertTrue(reply.contains("its component description /OSGI-INF/x.xml can't be read: DOCTYPE is disallowed"), reply);
    }
}
