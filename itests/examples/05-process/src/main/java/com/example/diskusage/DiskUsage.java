package com.example.diskusage;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.osgi.service.component.annotations.Component;

@Component
@GuestCommand(name = "example-disk-usage")
@Doc("Tells how much room a file or a folder takes, as du(1) counts it.")
public class DiskUsage implements Command<DiskUsage.Place, DiskUsage.Usage> {

    public record Place(@Doc("The path.") String path) {
    }

    public record Usage(@Doc("Its room on disk, in KiB.") long kib) {
    }

    @Override
    public Usage execute(Place place, CommandContext context) throws IOException, InterruptedException, CommandException {
        var builder = new ProcessBuilder("du", "--summarize", "--block-size=1024", "--", place.path()).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        var process = builder.start();
        context.onCancel(process::destroyForcibly);
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new CommandException(said.lines().findFirst().orElse("du has failed without a word"));
        }
        return new Usage(Long.parseLong(said.substring(0, said.indexOf('\t'))));
    }
}
