package io.lodger.save.image;

import io.lodger.command.ExecutionContext;
import io.lodger.save.image.Verification.Damage;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads all of an image and tells what is wrong with it. */
public final class ImageVerifier {

    private static final int MOST_DAMAGES = 100;

    private ImageVerifier() {
    }

    /**
     * Reads it as a whole.
     *
     * @throws IOException when it can't be read; that something is wrong with what was read is no failure
     */
    public static Verification verify(Path path, ExecutionContext context) throws IOException, InterruptedException {
        try (var file = ImageReader.channel(path)) {
            ImageReader reader;
            try {
                reader = ImageReader.of(file);
            } catch (ImageFormatException e) {
                return torn(file, e.getMessage());
            }
            return blocks(path, reader, context);
        }
    }

    private static Verification blocks(Path path, ImageReader reader, ExecutionContext context) throws IOException, InterruptedException {
        var index = reader.index();
        var damages = new ArrayList<Damage>();
        int damaged = 0;
        long good = index.payloadSize();
        for (int i = 0; i < index.blocks().size(); i++) {
            if (context.isCancelled()) {
                throw new InterruptedException("the verification was cancelled");
            }
            context.progress("verifying " + path, i, index.blocks().size());
            try {
                reader.block(i);
            } catch (ImageFormatException e) {
                long offset = (long) i * index.blockSize();
                good = damaged++ == 0 ? offset : good;
                if (damages.size() < MOST_DAMAGES) {
                    var block = index.blocks().get(i);
                    damages.add(new Damage(i, offset, index.payloadOf(i), block.offset(), block.length(), e.getMessage()));
                }
            }
        }
        return new Verification(damaged == 0, Optional.of(reader.facts()), Optional.empty(), Optional.of(good), damaged, damages);
    }

    /** What can be told without an index: a compressed image says what it is, and its frames have checksums of their own. */
    private static Verification torn(FileChannel file, String problem) throws IOException {
        ImageHead head;
        try {
            head = SkippableFrame.at(file, 0, ImageHead.class);
        } catch (ImageFormatException e) {
            return new Verification(false, Optional.empty(), Optional.of(problem), Optional.empty(), 0, List.of());
        }
        long start = SkippableFrame.HEADER_SIZE + SkippableFrame.read(file, 0, SkippableFrame.HEADER_SIZE)
                .order(ByteOrder.LITTLE_ENDIAN).getInt(Integer.BYTES);
        var walk = new FrameWalk(file, start);
        var stop = walk.go();
        return new Verification(false, Optional.empty(), Optional.of("of " + head.target() + " by " + head.engine() + ": " + problem
                + "; " + stop), Optional.of(walk.payload()), 0, List.of());
    }
}
