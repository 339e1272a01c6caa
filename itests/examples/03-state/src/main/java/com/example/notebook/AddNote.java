package com.example.notebook;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
@GuestCommand(name = "example-note-add")
@Doc("Writes a note down.")
public class AddNote implements Command<AddNote.Note, Void> {

    public record Note(@Doc("One line.") String text) {
    }

    private final Notebook notebook;

    @Activate
    public AddNote(@Reference Notebook notebook) {
        this.notebook = notebook;
    }

    @Override
    public Void execute(Note note, CommandContext context) throws IOException {
        notebook.add(note.text());
        return null;
    }
}
