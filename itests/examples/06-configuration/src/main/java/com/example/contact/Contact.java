package com.example.contact;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.command.NoArguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

@Component
@GuestCommand(name = "example-contact")
@Doc("Tells who looks after this guest.")
public class Contact implements Command<NoArguments, Contact.Person> {

    private static final Path FILE = Path.of("/etc/lodger/com.example.contact.properties");
    private static final Set<String> KEYS = Set.of("name", "telephone");

    public record Person(@Doc("The name.") String name, @Doc("The telephone number, if one is known.") Optional<String> telephone) {
    }

    private final Path file;

    @Activate
    public Contact() {
        this(FILE);
    }

    /** For tests. */
    Contact(Path file) {
        this.file = file;
    }

    @Override
    public Person execute(NoArguments none, CommandContext context) throws IOException, CommandException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            return new Person("nobody in particular", Optional.empty());
        }
        for (var key : properties.stringPropertyNames()) {
            if (!KEYS.contains(key)) {
                throw new CommandException("The key '" + key + "' in " + file + " is unknown; there are name and telephone");
            }
        }
        var name = properties.getProperty("name");
        if (name == null) {
            throw new CommandException("The key 'name' is missing in " + file);
        }
        return new Person(name, Optional.ofNullable(properties.getProperty("telephone")));
    }
}
