package com.example.greet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lodger.command.testkit.CommandTester;
import org.junit.jupiter.api.Test;

class GreetTest {

    @Test
    void whatIsOptionalMayBeLeftOut() throws Exception {
        assertEquals("{\"return\": {\"text\": \"Hello Ada!\", \"letters\": 10}}", call("{'name': 'Ada'}"));
        assertEquals("{\"return\": {\"text\": \"Dear Ada! Dear Ada!\", \"letters\": 19}}",
                call("{'name': 'Ada', 'tone': 'warm', 'times': 2}"));
    }

    @Test
    void whatIsWrongIsNamed() throws Exception {
        assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": \"times must be from 1 to 10, not 0\"}}",
                call("{'name': 'Ada', 'times': 0}"));
        assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": \"Parameter 'name' is missing\"}}", call("{}"));
    }

    private static String call(String arguments) throws InterruptedException {
        try (var tester = CommandTester.of(new Greet())) {
            return tester.call(arguments);
        }
    }
}
