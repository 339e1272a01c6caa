package io.lodger.save;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.save.stream.OutgoingStream;
import io.lodger.save.stream.Streams;
import java.time.Duration;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
@GuestCommand(name = "lodger-save-read")
@Doc("Reads the next piece of an image that is saved to the host. To ask again for the same offset gives the same bytes.")
public class SaveRead implements Command<SaveRead.Request, SaveRead.Piece> {

    private static final int DEFAULT_COUNT = 1 << 20;
    private static final int DEFAULT_WAIT = 5;
    private static final int LONGEST_WAIT = 60;

    private final Streams streams;

    /** What is wanted. */
    public record Request(
            @Doc("The job that saves it.") String job,
            @Doc("Where the piece begins: 0, and then the end of the piece before. What was before it is let go.") long offset,
            @Doc("How many bytes it may have, from 1 to 4194304; 1048576 unless given.") Optional<Integer> count,
            @Doc("How long to wait when there is nothing yet, in seconds, from 0 to 60; 5 unless given.") Optional<Integer> timeout) {

        public Request {
            if (count.isPresent() && (count.get() < 1 || count.get() > OutgoingStream.LONGEST)) {
                throw new IllegalArgumentException("Parameter 'count' is " + count.get() + ", and must be from 1 to "
                        + OutgoingStream.LONGEST);
            }
            if (timeout.isPresent() && (timeout.get() < 0 || timeout.get() > LONGEST_WAIT)) {
                throw new IllegalArgumentException("Parameter 'timeout' is " + timeout.get() + ", and must be from 0 to " + LONGEST_WAIT
                        + " seconds");
            }
        }
    }

    /** A piece. */
    public record Piece(
            @Doc("Where it begins.") long offset,
            @Doc("The bytes; none when there are none yet, or at the end.") byte[] bufB64,
            @Doc("Whether the host has everything, and the job ends.") boolean eof) {
    }

    @Activate
    public SaveRead(@Reference Streams streams) {
        this.streams = streams;
    }

    @Override
    public Piece execute(Request request, CommandContext context) throws Exception {
        var piece = streams.find(request.job(), OutgoingStream.class).read(request.offset(), request.count().orElse(DEFAULT_COUNT),
                Duration.ofSeconds(request.timeout().orElse(DEFAULT_WAIT)));
        return new Piece(piece.offset(), piece.bytes(), piece.eof());
    }
}
