package com.example.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.lodger.command.testkit.CommandTester;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class NotebookTest {

    @Test
    void whatOneCommandWritesTheOtherReads() throws Exception {
        var notebook = new Notebook();
        try (var add = CommandTester.of(new AddNote(notebook)); var list = CommandTester.of(new ListNotes(notebook))) {
            assertEquals("{\"return\": []}", list.call("{}"));
            assertEquals("{\"return\": {}}", add.call("{'text': 'milk'}"));
            assertEquals("{\"return\": {}}", add.call("{'text': 'bread'}"));
            assertEquals("{\"return\": [\"milk\", \"bread\"]}", list.call("{}"));
        } finally {
            notebook.close();
        }
        assertThrows(NoSuchFileException.class, notebook::notes);
    }
}
