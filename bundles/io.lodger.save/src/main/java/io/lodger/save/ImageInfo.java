package io.lodger.save;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.save.image.ImageFacts;
import io.lodger.save.image.ImageReader;
import java.io.IOException;
import java.nio.file.Path;
import org.osgi.service.component.annotations.Component;

@Component
@GuestCommand(name = "lodger-image-info")
@Doc("Tells what is in an image, from the index at its end; its blocks are not read.")
public class ImageInfo implements Command<ImageInfo.Request, ImageFacts> {

    /** Which image. */
    public record Request(@Doc("The image's file, with an absolute path.") String path) {
    }

    @Override
    public ImageFacts execute(Request request, CommandContext context) throws IOException {
        try (var image = ImageReader.open(Path.of(request.path()))) {
            return image.facts();
        }
    }
}
