package com.example.contact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lodger.command.testkit.CommandTester;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContactTest {

    @TempDir
    private Path folder;

    @Test
    void readsTheFileAtEachCall() throws Exception {
        var file = folder.resolve("contact.properties");
        try (var tester = CommandTester.of(new Contact(file))) {
            assertEquals("{\"return\": {\"name\": \"nobody in particular\"}}", tester.call("{}"));
            Files.writeString(file, "name = Ada\ntelephone = 0123\n");
            assertEquals("{\"return\": {\"name\": \"Ada\", \"telephone\": \"0123\"}}", tester.call("{}"));
        }
    }

    @Test
    void namesWhatIsWrong() throws Exception {
        var file = Files.writeString(folder.resolve("contact.properties"), "nane = Ada\n");
        try (var tester = CommandTester.of(new Contact(file))) {
            assertEquals("{\"error\": {\"class\": \"GenericError\", \"desc\": \"The key 'nane' in " + file
                    + " is unknown; there are name and telephone\"}}", tester.call("{}"));
        }
    }
}
