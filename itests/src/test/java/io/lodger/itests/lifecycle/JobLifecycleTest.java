package io.lodger.itests.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.itests.Await;
import io.lodger.itests.Host;
import io.lodger.itests.JobFixture;
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

/** Bundles that change and go while jobs of theirs run. */
class JobLifecycleTest {

    private static final int ROUNDS = 30;
    private static final String TAKEN_AWAY = "\"error\": {\"class\": \"GenericError\", \"desc\": "
            + "\"The command test-job was taken away while it ran";

    @TempDir
    private Path folder;
    private PlainFramework framework;
    private Host host;
    private JobFixture jobs;

    @BeforeEach
    void start() throws IOException {
        framework = new PlainFramework(folder, "core");
        host = new Host(framework.socket());
        jobs = new JobFixture(host, folder);
    }

    @AfterEach
    void stop() throws IOException {
        host.close();
        framework.close();
    }

    private Bundle install(Path jar) throws Exception {
        try (var content = Files.newInputStream(jar)) {
            var bundle = framework.context().installBundle("test:" + jar.getFileName(), content);
            bundle.start();
            return bundle;
        }
    }

    @Test
    void anUninstalledBundlesJobIsCancelledAndItsEndRecorded() throws Exception {
        var bundle = install(JobFixture.bundle(folder, "1.0.0"));
        var job = jobs.start(false);
        bundle.uninstall();
        assertTrue(job.isCancelled());
        var status = JobFixture.status(host, job);
        assertTrue(status.contains("\"state\": \"cancelled\"") && status.endsWith(TAKEN_AWAY + "\"}}}"), status);
    }

    @Test
    void aStoppedBundlesJobIsCancelledAndTheBundleStartsNewOnesWhenItIsStartedAgain() throws Exception {
        var bundle = install(JobFixture.bundle(folder, "1.0.0"));
        var job = jobs.start(false);
        bundle.stop();
        assertTrue(JobFixture.status(host, job).contains("\"state\": \"cancelled\""));
        bundle.start();
        var next = jobs.start(false);
        next.go();
        assertTrue(JobFixture.await(host, next).contains("\"state\": \"succeeded\""));
    }

    @Test
    void anUpdateDuringAJobEndsItAndTheNewVersionServes() throws Exception {
        var bundle = install(JobFixture.bundle(folder, "1.0.0"));
        var job = jobs.start(false);
        try (var content = Files.newInputStream(JobFixture.bundle(folder, "2.0.0"))) {
            bundle.update(content);
        }
        assertTrue(job.isCancelled());
        assertTrue(JobFixture.status(host, job).contains(TAKEN_AWAY));
        var next = jobs.start(false);
        next.go();
        assertTrue(JobFixture.await(host, next).contains("\"result\": {\"waited\": "));
    }

    @Test
    void aJobThatTakesNoNoticeIsGivenUpAndItsThreadIsALeak() throws Exception {
        var bundle = install(JobFixture.bundle(folder, "1.0.0"));
        var job = jobs.start(true);
        bundle.uninstall();
        var status = JobFixture.status(host, job);
        assertTrue(status.contains("\"state\": \"cancelled\"") && status.contains(TAKEN_AWAY + ", and did not stop when asked"), status);
        assertTrue(host.ask("{'execute': 'lodger-health'}").contains(
                "\"leaked-threads\": [{\"thread\": \"job-" + job.id() + "\", \"bundle\": \"test.jobs\", \"bundle-version\": \"1.0.0\"}]"));
        job.go();
        Await.until("the thread has ended", () -> host.ask("{'execute': 'lodger-health'}").contains("\"leaked-threads\": []"));
        assertEquals(status, JobFixture.status(host, job));
    }

    @Test
    void whatIsKeptOfJobsKeepsNoClassLoader() throws Exception {
        var jar = JobFixture.bundle(folder, "1.0.0");
        var loaders = new ArrayList<WeakReference<ClassLoader>>();
        host.ask("{'execute': 'lodger-events', 'arguments': {'enable': true}}");
        host.ask("{'execute': 'lodger-events', 'arguments': {'enable': false}}");
        JobFixture.Started last = null;
        for (int i = 0; i < ROUNDS; i++) {
            var bundle = install(jar);
            loaders.add(new WeakReference<>(bundle.adapt(BundleWiring.class).getClassLoader()));
            last = jobs.start(false);
            if (i % 2 == 0) {
                last.go();
                assertTrue(JobFixture.await(host, last).contains("\"state\": \"succeeded\""));
            }
            bundle.uninstall();
        }
        Await.until("all class loaders but the last have been collected", () -> {
            System.gc();
            return loaders.stream().limit(ROUNDS - 1).allMatch(loader -> loader.get() == null);
        });
        assertTrue(JobFixture.status(host, last).contains("\"state\": \"cancelled\""));
    }
}
