package com.example.notebook;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Notes, for as long as the bundle is there. */
@Component(service = Notebook.class)
public class Notebook {

    private final Path file;

    /** Begins an empty one. */
    @Activate
    public Notebook() throws IOException {
        file = Files.createTempFile("notebook", ".txt");
    }

    synchronized void add(String text) throws IOException {
        Files.writeString(file, text.replace('\n', ' ') + "\n", StandardOpenOption.APPEND);
    }

    synchronized List<String> notes() throws IOException {
        return Files.readAllLines(file);
    }

    @Deactivate
    synchronized void close() throws IOException {
        Files.delete(file);
    }
}
