package io.lodger.itests.hotadd.deadly;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.command.NoArguments;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Takes the whole process with it when it is made, as soon as a file is there. */
@Component
@GuestCommand(name = "test-deadly")
@Doc("Answers as long as it lives.")
public class Deadly implements Command<NoArguments, String> {

    @Activate
    public Deadly() throws IOException {
        try (var sign = Deadly.class.getResourceAsStream("/sign.txt")) {
            if (Files.exists(Path.of(new String(sign.readAllBytes(), StandardCharsets.UTF_8)))) {
                Runtime.getRuntime().halt(7);
            }
        }
    }

    @Override
    public String execute(NoArguments none, CommandContext context) {
        return "alive";
    }
}
