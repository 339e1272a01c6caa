package io.lodger.save;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.save.stream.IncomingStream;
import io.lodger.save.stream.Streams;
import java.time.Duration;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
@GuestCommand(name = "lodger-restore-write")
@Doc("Writes a piece of an image that is restored from the host. To write the same piece again does nothing.")
public class RestoreWrite implements Command<RestoreWrite.Request, RestoreWrite.Progress> {

    private static final Duration WAIT = Duration.ofSeconds(5);

    private final Streams streams;

    /** A piece. */
    public record Request(
            @Doc("The job that restores it.") String job,
            @Doc("Where the piece begins.") long offset,
            @Doc("The bytes.") byte[] bufB64,
            @Doc("Whether nothing comes after it; false unless given.") Optional<Boolean> eof) {
    }

    /** How far the stream is. */
    public record Progress(
            @Doc("How many bytes were received from the beginning on; the host goes on from there, which may be within the piece.")
            long received) {
    }

    @Activate
    public RestoreWrite(@Reference Streams streams) {
        this.streams = streams;
    }

    @Override
    public Progress execute(Request request, CommandContext context) throws Exception {
        return new Progress(streams.find(request.job(), IncomingStream.class).write(request.offset(), request.bufB64(),
                request.eof().orElse(false), WAIT));
    }
}
