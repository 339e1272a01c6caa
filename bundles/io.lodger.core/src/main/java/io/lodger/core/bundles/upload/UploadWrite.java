package io.lodger.core.bundles.upload;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.core.bundles.access.Access;
import java.io.IOException;

@GuestCommand(name = "lodger-bundle-upload-write")
@Doc("Takes the next chunk of an upload.")
public final class UploadWrite implements Command<UploadWrite.Chunk, UploadWrite.Received> {

    private final Uploads uploads;
    private final Access access;

    public UploadWrite(Uploads uploads, Access access) {
        this.uploads = uploads;
        this.access = access;
    }

    /** A part of the file. */
    public record Chunk(
            @Doc("The upload's id.") String upload,
            @Doc("Where the chunk begins in the file, in bytes; what was sent before may be sent again.") long offset,
            @Doc("The bytes.") byte[] bufB64) {
    }

    /** How far the upload is. */
    public record Received(@Doc("How many bytes are there; the next chunk begins at this offset.") long received) {
    }

    @Override
    public Received execute(Chunk chunk, CommandContext context) throws CommandException, IOException {
        access.require(context);
        var upload = uploads.find(chunk.upload());
        upload.write(chunk.offset(), chunk.bufB64());
        return new Received(upload.received());
    }
}
