package io.lodger.save;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.command.StartedJob;
import io.lodger.save.image.Compression;
import io.lodger.save.operation.Operations;
import io.lodger.save.stream.StreamLimits;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
@GuestCommand(name = "lodger-save")
@Doc("Starts a job that saves something that is alive, such as a process, to an image: a file in the guest, or a stream to the host.")
public class Save implements Command<Save.Request, StartedJob> {

    private final Operations operations;

    /** What is wanted. */
    public record Request(
            @Doc("The engine that saves it, as lodger-save-engines names it; the best that can work here unless given.")
            Optional<String> engine,
            @Doc("What is saved, in the engine's terms, such as a process id.") String target,
            @Doc("The file that is made, with an absolute path; a file that exists is never replaced. Either this or stream.")
            Optional<String> path,
            @Doc("Whether the image goes to the host, who reads it with lodger-save-read. Either this or path.") Optional<Boolean> stream,
            @Doc("The engine's own options.") Optional<Map<String, String>> options,
            @Doc("How the payload is kept; as it is unless given.") Optional<Compression> compression,
            @Doc("After how many seconds without a read a stream fails, from 1 to 3600; 120 unless given.")
            Optional<Integer> streamTimeout) {

        public Request {
            StreamLimits.checkEither(path, stream);
            StreamLimits.checkTimeout(streamTimeout);
        }
    }

    @Activate
    public Save(@Reference Operations operations) {
        this.operations = operations;
    }

    @Override
    public StartedJob execute(Request request, CommandContext context) throws Exception {
        var options = request.options().orElse(Map.of());
        var compression = request.compression().orElse(Compression.NONE);
        return request.path().isPresent()
                ? operations.saveToFile(request.engine(), request.target(), Path.of(request.path().get()), options, compression, context)
                : operations.saveToStream(request.engine(), request.target(), options, compression,
                        StreamLimits.timeout(request.streamTimeout()), context);
    }
}
