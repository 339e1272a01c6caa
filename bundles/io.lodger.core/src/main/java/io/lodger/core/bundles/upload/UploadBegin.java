package io.lodger.core.bundles.upload;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.core.bundles.access.Access;
import java.io.IOException;

@GuestCommand(name = "lodger-bundle-upload-begin")
@Doc("Begins to take a bundle over the channel, or goes on with an upload of the same content that was interrupted.")
public final class UploadBegin implements Command<UploadBegin.Announcement, UploadFacts> {

    private final Uploads uploads;
    private final Access access;

    public UploadBegin(Uploads uploads, Access access) {
        this.uploads = uploads;
        this.access = access;
    }

    /** What will come. */
    public record Announcement(
            @Doc("The size of the file in bytes.") long size,
            @Doc("The SHA-256 of the file, 64 hexadecimal digits.") String sha256) {
    }

    @Override
    public UploadFacts execute(Announcement announcement, CommandContext context) throws CommandException, IOException {
        access.require(context);
        return UploadFacts.of(uploads.begin(announcement.size(), announcement.sha256()));
    }
}
