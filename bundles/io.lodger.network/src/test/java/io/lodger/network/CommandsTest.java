package io.lodger.network;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.command.testkit.CommandTester;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Both commands on the machine that runs the test, whatever its interfaces. */
class CommandsTest {

    private static final Path SCHEMA = Path.of("schema");

    @Test
    void interfacesIncludeTheLoopbackInterface() throws Exception {
        try (var tester = CommandTester.of(new GetInterfaces())) {
            var reply = tester.call("{}");
            assertTrue(reply.contains("{\"name\": \"lo\", \"hardware-address\": \"00:00:00:00:00:00\""), reply);
            tester.checkSchema(SCHEMA);
        }
    }

    @Test
    void routesOfBothVersionsHaveTheMembersOfTheirs() throws Exception {
        try (var tester = CommandTester.of(new GetRoute())) {
            var reply = tester.call("{}");
            assertTrue(reply.startsWith("{\"return\": ["), reply);
            assertTrue(!reply.contains("\"version\": 6") || reply.contains("\"nexthop\": \""), reply);
            assertTrue(!reply.contains("\"version\": 4") || reply.contains("\"mask\": \""), reply);
            tester.checkSchema(SCHEMA);
        }
    }
}
