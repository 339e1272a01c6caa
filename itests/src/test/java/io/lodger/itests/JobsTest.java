package io.lodger.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work that outlives the call that started it, in the built and running agent. */
class JobsTest {

    @TempDir
    private Path folder;
    private AgentProcess agent;
    private Host host;
    private JobFixture jobs;

    @BeforeEach
    void start() throws Exception {
        agent = AgentProcess.lodger(folder, DistributionTest.unsignedBundlesAllowed());
        host = agent.connectWhenReady();
        var bundle = JobFixture.bundle(folder, "1.0.0");
        var installed = host.ask("{'execute': 'lodger-bundle-install', 'arguments': {'path': '" + bundle + "'}}");
        assertTrue(installed.contains("\"test-job\""), installed);
        jobs = new JobFixture(host, folder);
    }

    @AfterEach
    void stop() throws Exception {
        host.close();
        agent.close();
    }

    @Test
    void aHostThatLostItsConnectionFetchesTheResultOverTheNext() throws Exception {
        var job = jobs.start(false);
        host.close();
        host = agent.connect();
        var running = JobFixture.status(host, job);
        assertTrue(running.contains("\"state\": \"running\"") && running.contains("\"bundle\": \"test.jobs\""), running);
        assertTrue(running.contains("\"progress\": {\"what\": \"waiting\", \"done\": 1, \"total\": 2}"), running);
        job.go();
        var ended = JobFixture.await(host, job);
        assertTrue(ended.contains("\"state\": \"succeeded\"") && ended.endsWith("\"result\": {\"waited\": true}}}"), ended);
        host.close();
        host = agent.connect();
        assertEquals(ended, JobFixture.status(host, job));
    }

    @Test
    void otherCommandsAreAnsweredWhileJobsRun() throws Exception {
        var first = jobs.start(false);
        var second = jobs.start(false);
        assertEquals("{\"return\": {}}", host.ask("{'execute': 'guest-ping'}"));
        assertTrue(host.ask("{'execute': 'guest-network-get-interfaces'}").contains("\"name\": \"lo\""));
        var list = host.ask("{'execute': 'lodger-job-list'}");
        assertTrue(list.indexOf(first.id()) < list.indexOf(second.id()), list);
    }

    @Test
    void aSyncAndTheByte0xFfEndTheWaitAndNotTheJob() throws Exception {
        var job = jobs.start(false);
        host.send("{'execute': 'lodger-job-wait', 'arguments': {'job': '" + job.id() + "', 'timeout': 600}}");
        assertEquals("{\"return\": 1}", host.ask("{'execute': 'guest-sync', 'arguments': {'id': 1}}"));
        host.send("{'execute': 'lodger-job-wait', 'arguments': {'job': '" + job.id() + "', 'timeout': 600}}");
        assertTrue(host.ask("\u00ff").contains("JSON parse error"));
        assertTrue(JobFixture.status(host, job).contains("\"state\": \"running\""));
        assertTrue(!job.isCancelled());
        job.go();
        assertTrue(JobFixture.await(host, job).contains("\"state\": \"succeeded\""));
    }

    @Test
    void aCancelledJobIsOverWhenTheReplyComes() throws Exception {
        var job = jobs.start(false);
        var reply = host.ask("{'execute': 'lodger-job-cancel', 'arguments': {'job': '" + job.id() + "'}}");
        assertTrue(reply.contains("\"state\": \"cancelled\"") && job.isCancelled(), reply);
    }

    @Test
    void theAgentsEndTellsItsJobsAndWaitsForNone() throws Exception {
        var polite = jobs.start(false);
        var stubborn = jobs.start(true);
        assertEquals(0, agent.terminate(2));
        assertTrue(polite.isCancelled() && stubborn.isCancelled());
    }

    @Test
    void anIdOfAnAgentThatEndedIsNoJobOfTheNext() throws Exception {
        var job = jobs.start(false);
        agent.terminate(2);
        agent = AgentProcess.lodger(folder);
        host = agent.connectWhenReady();
        assertTrue(JobFixture.status(host, job).contains("There is no job '" + job.id() + "'"));
    }
}
