package io.lodger.itests.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.itests.Await;
import io.lodger.itests.FixtureBundle;
import io.lodger.itests.Host;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.wiring.BundleWiring;

/** Bundles that come, change and go while the agent answers. */
class LifecycleTest {

    private static final int ROUNDS = 200;

    private static final String ASK_VERSION = "{'execute': 'test-version'}";
    private static final String NOT_FOUND =
            "{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"The command test-version has not been found\"}}";

    @TempDir
    private Path folder;
    private PlainFramework framework;
    private Host host;

    @BeforeEach
    void start() throws IOException {
        framework = new PlainFramework(folder, "core");
        host = new Host(framework.socket());
    }

    @AfterEach
    void stop() throws IOException {
        host.close();
        framework.close();
    }

    @Test
    void aBundleIsInstalledUpdatedAndRemovedWhileTheAgentAnswers() throws Exception {
        assertEquals(NOT_FOUND, host.ask(ASK_VERSION));
        var bundle = install(FixtureBundle.build(folder, "test.fixture", "1.0.0"));
        assertEquals("{\"return\": \"1.0.0\"}", host.ask(ASK_VERSION));
        update(bundle, FixtureBundle.build(folder, "test.fixture", "2.0.0"));
        assertEquals("{\"return\": \"2.0.0\"}", host.ask(ASK_VERSION));
        bundle.uninstall();
        assertEquals(NOT_FOUND, host.ask(ASK_VERSION));
    }

    @Test
    void aCallThatRunsWhenItsBundleGoesStillGetsItsOneReply() throws Exception {
        var bundle = install(FixtureBundle.build(folder, "test.fixture", "1.0.0"));
        linger(false);
        bundle.uninstall();
        assertEquals(takenAway("The command test-linger was taken away while it ran"), host.line());
        assertEquals("{\"return\": {}}", host.ask("{'execute': 'guest-ping'}"));
    }

    @Test
    void aCallThatDoesNotEndWhenAskedIsGivenUp() throws Exception {
        var bundle = install(FixtureBundle.build(folder, "test.fixture", "1.0.0"));
        linger(true);
        bundle.uninstall();
        assertEquals(takenAway("The command test-linger was taken away while it ran, and did not stop when asked"), host.line());
        assertEquals("{\"return\": {}}", host.ask("{'execute': 'guest-ping'}"));
    }

    @Test
    void aBundleIsUpdatedWhileItsCommandRuns() throws Exception {
        var bundle = install(FixtureBundle.build(folder, "test.fixture", "1.0.0"));
        linger(false);
        update(bundle, FixtureBundle.build(folder, "test.fixture", "2.0.0"));
        assertEquals(takenAway("The command test-linger was taken away while it ran"), host.line());
        assertEquals("{\"return\": \"2.0.0\"}", host.ask(ASK_VERSION));
    }

    @Test
    void ofTwoBundlesWithOneCommandTheFirstServesAndTheOtherTakesOverWhenItGoes() throws Exception {
        var first = install(FixtureBundle.build(folder, "test.first", "1.0.0"));
        install(FixtureBundle.build(folder, "test.second", "5.0.0"));
        assertEquals("{\"return\": \"1.0.0\"}", host.ask(ASK_VERSION));
        first.uninstall();
        assertEquals("{\"return\": \"5.0.0\"}", host.ask(ASK_VERSION));
    }

    @Test
    void aHigherVersionOfTheSameBundleTakesOverAtOnce() throws Exception {
        install(FixtureBundle.build(folder, "test.fixture", "1.0.0"));
        var higher = install(FixtureBundle.build(folder, "test.fixture", "1.1.0"));
        assertEquals("{\"return\": \"1.1.0\"}", host.ask(ASK_VERSION));
        higher.uninstall();
        assertEquals("{\"return\": \"1.0.0\"}", host.ask(ASK_VERSION));
    }

    @Test
    void twoHundredRoundsLeaveNoClassLoaderBehind() throws Exception {
        var one = FixtureBundle.build(folder, "test.fixture", "1.0.0");
        var two = FixtureBundle.build(folder, "test.fixture", "2.0.0");
        var loaders = new ArrayList<WeakReference<ClassLoader>>();
        for (int i = 0; i < ROUNDS; i++) {
            var bundle = install(one);
            assertEquals("{\"return\": \"1.0.0\"}", host.ask(ASK_VERSION));
            loaders.add(loader(bundle));
            update(bundle, two);
            assertEquals("{\"return\": \"2.0.0\"}", host.ask(ASK_VERSION));
            loaders.add(loader(bundle));
            bundle.uninstall();
        }
        Await.until("all class loaders are collected", () -> {
            System.gc();
            return loaders.stream().allMatch(loader -> loader.get() == null);
        });
    }

    @Test
    void refreshingTheCoreLeavesCommandBundlesAlone() throws Exception {
        var bundle = install(FixtureBundle.build(folder, "test.fixture", "1.0.0"));
        var wiring = bundle.adapt(BundleWiring.class);
        var core = framework.bundles().stream().filter(b -> b.getSymbolicName().equals("io.lodger.core")).findFirst().orElseThrow();
        host.close();
        core.stop();
        core.start();
        host = new Host(framework.socket());
        assertEquals("{\"return\": \"1.0.0\"}", host.ask(ASK_VERSION));
        assertTrue(wiring.isInUse(), "the command bundle kept its class loader");
    }

    private Bundle install(Path jar) throws Exception {
        try (var content = Files.newInputStream(jar)) {
            var bundle = framework.context().installBundle("test:" + jar.getFileName(), content);
            bundle.start();
            return bundle;
        }
    }

    private static void update(Bundle bundle, Path jar) throws Exception {
        try (var content = Files.newInputStream(jar)) {
            bundle.update(content);
        }
    }

    /** Starts a call that runs until it is cancelled, and returns when it runs. */
    private void linger(boolean stubborn) throws Exception {
        var begun = folder.resolve("begun");
        host.send("{'execute': 'test-linger', 'arguments': {'file': '" + begun + "', 'stubborn': " + stubborn + "}}");
        Await.until("the command runs", () -> Files.exists(begun));
    }

    private static String takenAway(String description) {
        return "{\"error\": {\"class\": \"GenericError\", \"desc\": \"" + description + "\"}}";
    }

    private static WeakReference<ClassLoader> loader(Bundle bundle) {
        return new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader());
    }
}
