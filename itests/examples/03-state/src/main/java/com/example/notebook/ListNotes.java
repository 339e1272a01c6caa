package com.example.notebook;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.command.NoArguments;
import java.io.IOException;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
@GuestCommand(name = "example-note-list")
@Doc("Reads all notes out, the oldest first.")
public class ListNotes implements Command<NoArguments, List<String>> {

    private final Notebook notebook;

    @Activate
    public ListNotes(@Reference Notebook notebook) {
        this.notebook = notebook;
    }

    @Override
    public List<String> execute(NoArguments none, CommandContext context) throws IOException {
        return notebook.notes();
    }
}
