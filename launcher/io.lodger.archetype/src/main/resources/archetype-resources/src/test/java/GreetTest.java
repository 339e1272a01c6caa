package ${package};

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lodger.command.testkit.CommandTester;
import org.junit.jupiter.api.Test;

class GreetTest {

    @Test
    void greets() throws Exception {
        try (var tester = CommandTester.of(new Greet())) {
            assertEquals("{\"return\": \"Hello, Ada\"}", tester.call("{'name': 'Ada'}"));
        }
    }
}
