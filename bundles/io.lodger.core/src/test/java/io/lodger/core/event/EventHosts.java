package io.lodger.core.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.Job;
import io.lodger.core.AgentUnderTest;
import io.lodger.core.Condition;
import io.lodger.core.Facts;
import io.lodger.core.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An agent with a host whose events the test switches, and one that hears them all: what that one gets has gone to all who want it. */
final class EventHosts implements AutoCloseable {

    static final String NOTHING = "{\"return\": {}}";

    final AgentUnderTest agent;
    final Host witness;
    Host host;

    EventHosts(Path folder) throws IOException {
        agent = AgentUnderTest.in(folder).channels(2).start();
        agent.add(Facts.Work.class, "test", (none, context) -> context.startJob("working", job -> {
            job.progress("half", 1, 2);
            return "done";
        }));
        host = agent.connect();
        witness = agent.connect(1);
        assertEquals(NOTHING, enable(witness));
    }

    static String enable(Host which) throws IOException {
        return which.send("{'execute': 'lodger-events', 'arguments': {'enable': true}}").line();
    }

    /** A command that starts this job. */
    void starting(Job<?> job) {
        agent.add(Facts.Other.class, "test", (none, context) -> context.startJob("working", job));
    }

    /** Has the witness start a job and see it end. */
    void jobPasses() throws IOException {
        witness.ask("test-work");
        for (var line = witness.line(); !line.contains("LODGER_JOB_ENDED"); line = witness.line()) {
            assertTrue(line.startsWith("{\"return\": {\"job\"") || line.contains("LODGER_JOB_PROGRESS"), line);
        }
    }

    /** Has a job pass, of which this host must not hear. */
    void assertHearsNothing() throws IOException {
        jobPasses();
        assertEquals(NOTHING, host.call("guest-ping"));
    }

    static String plain(String line) {
        return line.replaceAll("\"[0-9a-f]{8}-\\d+\"", "ID").replaceAll("\"20[0-9-]+T[0-9:.]+Z\"", "TIME")
                .replaceAll("\"seconds\": \\d{10}, \"microseconds\": \\d{1,6}\\b", "NOW");
    }

    /** Calls a command that starts a job, and gives the events up to the job's end; the reply may come between them. */
    List<String> run(String command) throws IOException {
        host.ask(command);
        var events = new ArrayList<String>();
        boolean replied = false;
        boolean ended = false;
        while (!replied || !ended) {
            var line = host.line();
            if (line.startsWith("{\"return\": {\"job\": ")) {
                replied = true;
            } else {
                ended |= line.contains("LODGER_JOB_ENDED");
                events.add(plain(line));
            }
        }
        return events;
    }

    /** How many threads of this name there are. */
    static long threads(String name) {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().equals(name)).count();
    }

    @Override
    public void close() throws IOException {
        host.close();
        witness.close();
        agent.close();
        Condition.await(() -> threads("events") == 0);
    }
}
