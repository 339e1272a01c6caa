package io.lodger.core.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.CommandContext;
import io.lodger.core.AgentUnderTest;
import io.lodger.core.Condition;
import io.lodger.core.Facts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobLimitsTest {

    @TempDir
    Path folder;

    private static String error(String description) {
        return "{\"error\": {\"class\": \"GenericError\", \"desc\": \"" + description + "\"}}";
    }

    @Test
    void soManyRunAtATimeAndThenOneMoreIsRefusedUntilOneHasEnded() throws Exception {
        try (var jobs = new JobHost(AgentUnderTest.in(folder))) {
            jobs.starting(context -> jobs.block("done"));
            var first = jobs.start();
            for (int i = 1; i < Jobs.RUNNING_LIMIT; i++) {
                jobs.start();
            }
            assertEquals(error("16 jobs run already, started by test-work; try again when one has ended, or end one with "
                    + "lodger-job-cancel"), jobs.host.call("test-work"));
            jobs.cancel(first);
            Condition.await(() -> JobHost.threads("job-") == Jobs.RUNNING_LIMIT - 1);
            jobs.start();
        }
        Condition.await(() -> JobHost.threads("job-") == 0);
    }

    @Test
    void soManyThatEndedAreKeptAndTheOldestIsForgottenFirst() throws Exception {
        try (var jobs = new JobHost(AgentUnderTest.in(folder))) {
            jobs.starting(context -> "done");
            var ids = new ArrayList<String>();
            for (int i = 0; i <= Jobs.KEPT_LIMIT; i++) {
                ids.add(jobs.start());
                jobs.await(ids.get(i));
            }
            assertEquals(error("There is no job '" + ids.get(0) + "'; what ended is kept for 60 minutes, 64 jobs and 8 MiB of results at "
                    + "most, until the agent ends"), jobs.status(ids.get(0)));
            assertTrue(jobs.status(ids.get(1)).contains("\"result\": \"done\""));
            assertEquals(ids.size(), ids.stream().distinct().count());
        }
    }

    @Test
    void soManyBytesOfResultsAreKept() throws Exception {
        try (var jobs = new JobHost(AgentUnderTest.in(folder))) {
            jobs.starting(context -> "x".repeat(3 << 20));
            var first = jobs.start();
            jobs.await(first);
            jobs.await(jobs.start());
            assertTrue(jobs.status(first).contains("succeeded"));
            jobs.await(jobs.start());
            assertTrue(jobs.status(first).startsWith("{\"error\""));
        }
    }

    @Test
    void anIdOfAnotherAgentsLifeIsNoJobs() throws Exception {
        String before;
        try (var jobs = new JobHost(AgentUnderTest.in(folder))) {
            jobs.starting(context -> "done");
            before = jobs.start();
        }
        try (var jobs = new JobHost(AgentUnderTest.in(folder))) {
            jobs.starting(context -> "done");
            assertNotEquals(before, jobs.start());
            assertTrue(jobs.status(before).contains("There is no job '" + before + "'"));
        }
    }

    @Test
    void whileFileSystemsAreFrozenOnlyCommandsMadeForThatStartJobsAndJobsCanBeAskedFor() throws Exception {
        try (var jobs = new JobHost(AgentUnderTest.in(folder))) {
            var frozen = jobs.agent.agent().frozenState();
            jobs.agent.add(Facts.Work.class, "test", (none, context) -> {
                // The file systems are frozen while the command runs.
                frozen.freeze();
                return context.startJob("writing", job -> "written");
            });
            jobs.starting(Facts.Thaw.class, "test", job -> "thawing");
            assertEquals(error("The command test-work starts no job while file systems are frozen"), jobs.host.call("test-work"));
            var id = jobs.start("test-thaw");
            assertTrue(jobs.await(id).contains("\"result\": \"thawing\""));
            assertTrue(jobs.host.call("lodger-job-list").contains(id) && jobs.cancel(id).contains("succeeded"));
            assertEquals(1, Files.list(folder).filter(file -> file.endsWith("qga.state.isfrozen")).count());
            frozen.thaw();
        }
    }

    @Test
    void aCallThatIsOverOrCancelledStartsNoJob() throws Exception {
        try (var jobs = new JobHost(AgentUnderTest.in(folder).grace(AgentUnderTest.SHORT))) {
            var kept = new AtomicReference<CommandContext>();
            jobs.agent.add(Facts.Work.class, "test", (none, context) -> {
                kept.set(context);
                return "over";
            });
            jobs.host.call("test-work");
            assertRefused(kept.get(), "the work that this context belongs to has ended");
            var refusal = new AtomicReference<String>();
            jobs.agent.add(Facts.Other.class, "test", (none, context) -> {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    refusal.set(refusal(context));
                }
                return "never";
            });
            jobs.host.ask("test-other").sync(1);
            assertEquals("{\"return\": 1}", jobs.host.line());
            Condition.await(() -> refusal.get() != null);
            assertEquals("The command was cancelled: a sync waited behind it for 50 ms", refusal.get());
            assertEquals("{\"return\": []}", jobs.host.call("lodger-job-list"));
        }
    }

    private static void assertRefused(CommandContext context, String sentence) {
        assertEquals(sentence, refusal(context));
    }

    private static String refusal(CommandContext context) {
        try {
            context.startJob("never", job -> "never");
            return "started";
        } catch (Exception e) {
            return e.getMessage();
        }
    }
}
