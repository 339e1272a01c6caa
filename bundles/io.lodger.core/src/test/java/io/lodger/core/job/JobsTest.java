package io.lodger.core.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.CommandException;
import io.lodger.core.AgentUnderTest;
import io.lodger.core.Facts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobsTest {

    private static final String HEAD = "{\"job\": ID, \"title\": \"working\", \"command\": \"test-work\", \"bundle\": \"test\", ";
    private static final String PROGRESS = "\"progress\": {\"what\": \"counting\", \"done\": 1, \"total\": 2}";

    @TempDir
    Path folder;

    private JobHost jobs;
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void start() throws IOException {
        jobs = new JobHost(AgentUnderTest.in(folder).grace(AgentUnderTest.SHORT));
    }

    @AfterEach
    void stop() throws IOException {
        jobs.close();
    }

    record Part(String name) {
    }

    record Counted(int numbers, List<Part> parts) {
    }

    @Test
    void aJobGoesOnAfterTheReplyAndItsResultIsKeptForTheNextConnectionToo() throws Exception {
        jobs.starting(context -> {
            context.progress("counting", 1, 2);
            return jobs.block(new Counted(2, List.of(new Part("odd"), new Part("even"))));
        });
        var id = jobs.start();
        jobs.begun.await();
        var running = HEAD + "\"state\": \"running\", \"started-at\": TIME, " + PROGRESS + "}";
        assertEquals("{\"return\": " + running + "}", JobHost.plain(jobs.status(id)));
        assertEquals("{\"return\": [" + running + "]}", JobHost.plain(jobs.host.call("lodger-job-list")));
        jobs.go.countDown();
        var ended = HEAD + "\"state\": \"succeeded\", \"started-at\": TIME, \"ended-at\": TIME, " + PROGRESS;
        var result = ", \"result\": {\"numbers\": 2, \"parts\": [{\"name\": \"odd\"}, {\"name\": \"even\"}]}";
        assertEquals("{\"return\": " + ended + result + "}}", JobHost.plain(jobs.await(id)));
        assertEquals("{\"return\": [" + ended + "}]}", JobHost.plain(jobs.host.call("lodger-job-list")));
        jobs.host.close();
        jobs.host = jobs.agent.connect();
        assertEquals("{\"return\": " + ended + result + "}}", JobHost.plain(jobs.status(id)));
    }

    @Test
    void aWaitEndsWithTheJobOrWithItsTime() throws Exception {
        jobs.starting(context -> jobs.block("done"));
        var id = jobs.start();
        var none = jobs.host.send("{'execute': 'lodger-job-wait', 'arguments': {'job': '" + id + "', 'timeout': 0}}").line();
        assertTrue(none.contains("\"state\": \"running\""), none);
        jobs.host.send("{'execute': 'lodger-job-wait', 'arguments': {'job': '" + id + "', 'timeout': 600}}");
        jobs.begun.await();
        jobs.go.countDown();
        assertTrue(jobs.host.line().contains("\"result\": \"done\""));
        assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": "
                + "\"Parameter 'timeout' is 601, and must be from 0 to 600 seconds\"}}",
                jobs.host.send("{'execute': 'lodger-job-wait', 'arguments': {'job': '" + id + "', 'timeout': 601}}").line());
    }

    @Test
    void aSyncEndsTheWaitAndNotTheJob() throws Exception {
        jobs.starting(context -> jobs.block("done"));
        var id = jobs.start();
        jobs.host.send("{'execute': 'lodger-job-wait', 'arguments': {'job': '" + id + "', 'timeout': 600}}").sync(1);
        assertEquals("{\"return\": 1}", jobs.host.line());
        assertTrue(jobs.status(id).contains("\"state\": \"running\""));
        jobs.go.countDown();
        assertTrue(jobs.await(id).contains("\"state\": \"succeeded\""));
    }

    @Test
    void aCancelledJobHasRunItsActionsBeenInterruptedAndEndedWhenTheReplyComes() throws Exception {
        jobs.starting(context -> {
            context.onCancel(() -> events.add("first"));
            context.onCancel(() -> events.add("second"));
            try {
                return jobs.block("never");
            } catch (InterruptedException e) {
                events.add("interrupted, cancelled: " + context.isCancelled());
                throw e;
            }
        });
        var id = jobs.start();
        jobs.begun.await();
        var reply = jobs.cancel(id);
        assertEquals("{\"return\": " + HEAD + "\"state\": \"cancelled\", \"started-at\": TIME, \"ended-at\": TIME, \"error\": {\"class\": "
                + "\"GenericError\", \"desc\": \"The job was cancelled by lodger-job-cancel\"}}}", JobHost.plain(reply));
        assertEquals(List.of("second", "first", "interrupted, cancelled: true"), events);
        assertEquals(reply, jobs.cancel(id));
    }

    @Test
    void aResultThatComesInSpiteOfTheCancellationIsKept() throws Exception {
        jobs.starting(context -> {
            try {
                return jobs.block("never");
            } catch (InterruptedException e) {
                return "whole";
            }
        });
        var id = jobs.start();
        jobs.begun.await();
        var reply = jobs.cancel(id);
        assertTrue(reply.contains("\"state\": \"succeeded\"") && reply.contains("\"result\": \"whole\""), reply);
    }

    @Test
    void aFailureIsKeptInItsOwnWords() throws Exception {
        jobs.starting(context -> {
            throw new CommandException("NoSpace", "The disk is full");
        });
        assertFailed("NoSpace", "The disk is full");
    }

    @Test
    void anErrorIsKeptWithItsName() throws Exception {
        jobs.starting(context -> {
            throw new NoClassDefFoundError("com/example/Gone");
        });
        assertFailed("GenericError", "NoClassDefFoundError: com/example/Gone");
    }

    @Test
    void aResultWithoutAFormOnTheWireIsAFailure() throws Exception {
        jobs.starting(context -> new Counted(1, Collections.singletonList(null)));
        assertFailed("GenericError", "The command returned no value for 'parts[0]'");
    }

    @Test
    void aResultThatIsTooLargeIsAFailureThatSaysHowLargeItMayBe() throws Exception {
        jobs.starting(context -> "x".repeat(4 << 20));
        assertFailed("GenericError", "The job's result has 4194306 bytes, and may have 4194304");
    }

    private void assertFailed(String errorClass, String description) throws IOException {
        var reply = JobHost.plain(jobs.await(jobs.start()));
        assertEquals("{\"return\": " + HEAD + "\"state\": \"failed\", \"started-at\": TIME, \"ended-at\": TIME, \"error\": {\"class\": \""
                + errorClass + "\", \"desc\": \"" + description + "\"}}}", reply);
    }

    @Test
    void nothingReturnedIsTheEmptyObject() throws Exception {
        jobs.starting(context -> null);
        assertTrue(jobs.await(jobs.start()).endsWith("\"result\": {}}}"));
    }

    @Test
    void aJobOfACallThatFailsAfterwardsGoesOn() throws Exception {
        jobs.agent.add(Facts.Work.class, "test", (none, context) -> {
            context.startJob("working", job -> jobs.block("done"));
            throw new CommandException("The command thought better of it");
        });
        assertTrue(jobs.host.call("test-work").contains("thought better"));
        jobs.begun.await();
        assertTrue(jobs.host.call("lodger-job-list").contains("\"state\": \"running\""));
    }
}
