package io.lodger.core.bundles.upload;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.core.bundles.access.Access;
import java.io.IOException;

@GuestCommand(name = "lodger-bundle-upload-abort")
@Doc("Gives an upload up and deletes what is there of it.")
public final class UploadAbort implements Command<UploadAbort.Which, Void> {

    private final Uploads uploads;
    private final Access access;

    public UploadAbort(Uploads uploads, Access access) {
        this.uploads = uploads;
        this.access = access;
    }

    /** Which upload. */
    public record Which(@Doc("The upload's id.") String upload) {
    }

    @Override
    public Void execute(Which which, CommandContext context) throws CommandException, IOException {
        access.require(context);
        uploads.abort(which.upload());
        return null;
    }
}
