package io.lodger.save;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.command.StartedJob;
import io.lodger.save.operation.Operations;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

@Component
@GuestCommand(name = "lodger-image-verify")
@Doc("Starts a job that reads all of an image and tells whether it is whole, where it was torn, and which blocks are damaged.")
public class ImageVerify implements Command<ImageVerify.Request, StartedJob> {

    private final Operations operations;

    /** Which image. */
    public record Request(@Doc("The image's file, with an absolute path.") String path) {
    }

    @Activate
    public ImageVerify(@Reference Operations operations) {
        this.operations = operations;
    }

    @Override
    public StartedJob execute(Request request, CommandContext context) throws CommandException {
        return operations.verify(Path.of(request.path()), context);
    }
}
