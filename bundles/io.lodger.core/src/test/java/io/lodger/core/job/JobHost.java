package io.lodger.core.job;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.Job;
import io.lodger.core.AgentUnderTest;
import io.lodger.core.Facts;
import io.lodger.core.Host;
import io.lodger.core.registry.RegisteredCommand;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/** An agent and a host that starts jobs on it and asks for them. */
final class JobHost implements AutoCloseable {

    final AgentUnderTest agent;
    Host host;
    final CountDownLatch begun = new CountDownLatch(1);
    final CountDownLatch go = new CountDownLatch(1);

    JobHost(AgentUnderTest.Plan plan) throws IOException {
        agent = plan.start();
        host = agent.connect();
    }

    /** A command that starts this job. */
    RegisteredCommand starting(Class<?> facts, String bundle, Job<?> job) {
        return agent.add(facts, bundle, (none, context) -> context.startJob("working", job));
    }

    RegisteredCommand starting(Job<?> job) {
        return starting(Facts.Work.class, "test", job);
    }

    /** What a job does that lasts until the test lets it go on. */
    Object block(Object result) throws InterruptedException {
        begun.countDown();
        go.await();
        return result;
    }

    /** Calls a command and gives the id of the job that it starts. */
    String start(String command) throws IOException {
        var reply = host.call(command);
        assertTrue(reply.matches("\\{\"return\": \\{\"job\": \"[0-9a-f]{8}-\\d+\"\\}\\}"), reply);
        return reply.split("\"")[5];
    }

    String start() throws IOException {
        return start("test-work");
    }

    String status(String id) throws IOException {
        return host.send("{'execute': 'lodger-job-status', 'arguments': {'job': '" + id + "'}}").line();
    }

    String await(String id) throws IOException {
        return host.send("{'execute': 'lodger-job-wait', 'arguments': {'job': '" + id + "', 'timeout': 30}}").line();
    }

    String cancel(String id) throws IOException {
        return host.send("{'execute': 'lodger-job-cancel', 'arguments': {'job': '" + id + "'}}").line();
    }

    /** A reply without what differs from run to run. */
    static String plain(String reply) {
        return reply.replaceAll("\"[0-9a-f]{8}-\\d+\"", "ID").replaceAll("\"20[0-9-]+T[0-9:.]+Z\"", "TIME");
    }

    /** How many threads of this name there are. */
    static long threads(String prefix) {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().startsWith(prefix)).count();
    }

    @Override
    public void close() throws IOException {
        go.countDown();
        host.close();
        agent.close();
    }
}
