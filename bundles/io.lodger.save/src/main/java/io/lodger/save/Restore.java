package io.lodger.save;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.command.StartedJob;
import io.lodger.save.operation.Operations;
import io.lodger.save.stream.StreamLimits;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
@GuestCommand(name = "lodger-restore")
@Doc("Starts a job that brings back what an image holds: a file in the guest, or a stream from the host.")
public class Restore implements Command<Restore.Request, StartedJob> {

    private final Operations operations;

    /** What is wanted. */
    public record Request(
            @Doc("The engine that restores it; for a file the one that wrote it unless given.") Optional<String> engine,
            @Doc("The image's file, with an absolute path. Either this or stream.") Optional<String> path,
            @Doc("Whether the image comes from the host, who writes it with lodger-restore-write. Either this or path.")
            Optional<Boolean> stream,
            @Doc("The engine's own options.") Optional<Map<String, String>> options,
            @Doc("After how many seconds without a write a stream fails, from 1 to 3600; 120 unless given.")
            Optional<Integer> streamTimeout) {

        public Request {
            StreamLimits.checkEither(path, stream);
            StreamLimits.checkTimeout(streamTimeout);
        }
    }

    @Activate
    public Restore(@Reference Operations operations) {
        this.operations = operations;
    }

    @Override
    public StartedJob execute(Request request, CommandContext context) throws Exception {
        var options = request.options().orElse(Map.of());
        if (request.path().isPresent()) {
            return operations.restoreFromFile(request.engine(), Path.of(request.path().get()), options, context);
        }
        var engine = request.engine().orElseThrow(() -> new CommandException(
                "Parameter 'engine' is missing: what wrote a stream is known only at its end"));
        return operations.restoreFromStream(engine, options, StreamLimits.timeout(request.streamTimeout()), context);
    }
}
