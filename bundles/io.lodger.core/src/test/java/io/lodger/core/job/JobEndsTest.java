package io.lodger.core.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.core.AgentUnderTest;
import io.lodger.core.Condition;
import io.lodger.core.Gate;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs whose command or agent goes. */
class JobEndsTest {

    @TempDir
    Path folder;

    private WeakReference<byte[]> held;

    @Test
    void aCommandTakenAwayTakesItsJobsWithIt() throws Exception {
        try (var jobs = new JobHost(AgentUnderTest.in(folder))) {
            var command = jobs.starting(context -> jobs.block("never"));
            var id = jobs.start();
            jobs.begun.await();
            jobs.agent.agent().registry().remove(command);
            var reply = jobs.status(id);
            assertTrue(reply.contains("\"state\": \"cancelled\"") && reply.endsWith(
                    "\"desc\": \"The command test-work was taken away while it ran\"}}}"), reply);
        }
    }

    @Test
    void aJobThatDoesNotEndWhenAskedIsGivenUpAndItsEndRecorded() throws Exception {
        try (var jobs = new JobHost(AgentUnderTest.in(folder).drainPatience(AgentUnderTest.SHORT))) {
            var gate = Gate.stubborn();
            var late = new CountDownLatch(1);
            var command = jobs.starting(context -> {
                gate.execute(null, null);
                context.progress("too late", 1, 1);
                late.countDown();
                return "too late";
            });
            var id = jobs.start();
            gate.entered.await();
            jobs.agent.agent().registry().remove(command);
            var reply = jobs.status(id);
            assertTrue(reply.contains("\"state\": \"cancelled\"") && reply.contains("and did not stop when asked"), reply);
            gate.open();
            late.await();
            Condition.await(() -> JobHost.threads("job-") == 0);
            assertEquals(reply, jobs.status(id));
        }
    }

    @Test
    void nothingOfTheBundleIsKeptOnceTheJobHasEnded() throws Exception {
        try (var jobs = new JobHost(AgentUnderTest.in(folder))) {
            var id = startHolding(jobs);
            assertTrue(jobs.await(id).contains("\"result\": \"1048576 bytes\""));
            Condition.await(() -> {
                System.gc();
                return held.get() == null;
            });
            assertTrue(jobs.status(id).contains("succeeded"));
        }
    }

    @Test
    void theEndOfTheAgentCancelsItsJobs() throws Exception {
        var actions = new CountDownLatch(1);
        try (var jobs = new JobHost(AgentUnderTest.in(folder))) {
            jobs.starting(context -> {
                context.onCancel(actions::countDown);
                return jobs.block("never");
            });
            jobs.start();
            jobs.begun.await();
            jobs.agent.close();
            actions.await();
            Condition.await(() -> JobHost.threads("job-") == 0);
        }
    }

    private String startHolding(JobHost jobs) throws IOException {
        var memory = new byte[1 << 20];
        held = new WeakReference<>(memory);
        var command = jobs.starting(context -> {
            context.onCancel(() -> memory[0] = 1);
            return memory.length + " bytes";
        });
        var id = jobs.start();
        jobs.await(id);
        jobs.agent.agent().registry().remove(command);
        return id;
    }
}
