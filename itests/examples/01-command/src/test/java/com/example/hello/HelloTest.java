package com.example.hello;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lodger.command.testkit.CommandTester;
import org.junit.jupiter.api.Test;

class HelloTest {

    @Test
    void saysHello() throws Exception {
        try (var tester = CommandTester.of(new Hello())) {
            assertEquals("{\"return\": \"Hello\"}", tester.call("{}"));
        }
    }
}
