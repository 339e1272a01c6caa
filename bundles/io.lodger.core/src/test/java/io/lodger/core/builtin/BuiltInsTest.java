package io.lodger.core.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lodger.core.AgentUnderTest;
import io.lodger.core.Facts;
import io.lodger.core.Host;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuiltInsTest {

    @TempDir
    Path folder;

    private AgentUnderTest agent;
    private Host host;

    @BeforeEach
    void start() throws Exception {
        agent = AgentUnderTest.in(folder).start();
        host = agent.connect();
    }

    @AfterEach
    void stop() throws Exception {
        host.close();
        agent.close();
    }

    @Test
    void pingAnswersAndNothingMore() throws Exception {
        assertEquals("{\"return\": {}}", host.send("{\"execute\": \"guest-ping\"}").line());
        assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": \"Parameter 'x' is unexpected\"}}",
                host.send("{\"execute\": \"guest-ping\", \"arguments\": {\"x\": 1}}").line());
    }

    @Test
    void syncGivesTheNumberBack() throws Exception {
        assertEquals("{\"return\": 1767225600000}",
                host.send("{\"execute\": \"guest-sync\", \"arguments\": {\"id\": 1767225600000}}").line());
        assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": \"Parameter 'id' is missing\"}}",
                host.send("{\"execute\": \"guest-sync\"}").line());
    }

    @Test
    void syncDelimitedPutsTheDelimiterBeforeItsReplyOnly() throws Exception {
        assertEquals("\u00ff{\"return\": 4711}",
                host.send("{\"execute\": \"guest-sync-delimited\", \"arguments\": {\"id\": 4711}}").line());
        assertEquals("{\"id\": 1, \"error\": {\"class\": \"GenericError\", \"desc\": "
                + "\"Invalid parameter type for 'id', expected: integer\"}}",
                host.send("{\"execute\": \"guest-sync-delimited\", \"arguments\": {\"id\": \"a\"}, \"id\": 1}").line());
        assertEquals("{\"return\": {}}", host.call("guest-ping"));
    }

    @Test
    void infoListsTheCommandsByName() throws Exception {
        agent.add(Facts.Silent.class, "test", (none, context) -> "never seen");
        assertEquals("{\"return\": {\"version\": \"1.2.3\", \"supported_commands\": ["
                + "{\"name\": \"guest-info\", \"enabled\": true, \"success-response\": true}, "
                + "{\"name\": \"guest-ping\", \"enabled\": true, \"success-response\": true}, "
                + "{\"name\": \"guest-sync\", \"enabled\": true, \"success-response\": true}, "
                + "{\"name\": \"guest-sync-delimited\", \"enabled\": true, \"success-response\": true}, "
                + "{\"name\": \"lodger-describe\", \"enabled\": true, \"success-response\": true}, "
                + "{\"name\": \"lodger-events\", \"enabled\": true, \"success-response\": true}, "
                + "{\"name\": \"lodger-health\", \"enabled\": true, \"success-response\": true}, "
                + "{\"name\": \"lodger-job-cancel\", \"enabled\": true, \"success-response\": true}, "
                + "{\"name\": \"lodger-job-list\", \"enabled\": true, \"success-response\": true}, "
                + "{\"name\": \"lodger-job-status\", \"enabled\": true, \"success-response\": true}, "
                + "{\"name\": \"lodger-job-wait\", \"enabled\": true, \"success-response\": true}, "
                + "{\"name\": \"test-silent\", \"enabled\": true, \"success-response\": false}]}}",
                host.send("{\"execute\": \"guest-info\"}").line());
    }

    @Test
    void describeTellsAllAboutACommand() throws Exception {
        assertEquals("{\"return\": [{\"name\": \"guest-sync\", "
                + "\"doc\": \"Gives back a number, by which the host tells this reply from older ones still on their way.\", "
                + "\"bundle\": \"io.lodger.core\", \"bundle-version\": \"1.2.3\", "
                + "\"arguments\": {\"type\": \"object\", \"properties\": {\"id\": {"
                + "\"description\": \"A number that the host has just made up; it comes back as the result.\", \"type\": \"integer\", "
                + "\"minimum\": -9223372036854775808, \"maximum\": 9223372036854775807}}, \"required\": [\"id\"], "
                + "\"additionalProperties\": false}, "
                + "\"result\": {\"type\": \"integer\", \"minimum\": -9223372036854775808, \"maximum\": 9223372036854775807}, "
                + "\"responds-on-success\": true, \"while-frozen\": true}]}",
                host.send("{\"execute\": \"lodger-describe\", \"arguments\": {\"command\": \"guest-sync\"}}").line());
    }

    @Test
    void describeWithoutANameDescribesAllAndAnUnknownNameIsNotFound() throws Exception {
        var all = host.send("{\"execute\": \"lodger-describe\"}").line();
        assertEquals(11, all.split("\"bundle\": \"io.lodger.core\"", -1).length - 1, all);
        assertEquals("{\"error\": {\"class\": \"CommandNotFound\", \"desc\": \"The command nobody has not been found\"}}",
                host.send("{\"execute\": \"lodger-describe\", \"arguments\": {\"command\": \"nobody\"}}").line());
    }
}
