package io.lodger.save.image;

import io.lodger.command.ExecutionContext;
import io.lodger.save.sink.ImageFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/** A payload, and images of it. */
final class SampleImage {

    static final int MIB = 1 << 20;
    static final ImageHead HEAD = new ImageHead("fork", "4711", 1_800_000_000_000L);

    /** Something of everything: random bytes, text, zeros written and zeros skipped, over block boundaries, and an odd end. */
    static final byte[] PAYLOAD = payload();

    private static byte[] payload() {
        var payload = new byte[23 * MIB + 12345];
        new Random(7).nextBytes(payload);
        Arrays.fill(payload, 3 * MIB, 5 * MIB, (byte) 'x');
        Arrays.fill(payload, 9 * MIB, 18 * MIB + 5, (byte) 0);
        return payload;
    }

    /** Writes it, in parts. */
    static void write(ImageWriter image) throws IOException {
        image.write(ByteBuffer.wrap(PAYLOAD, 0, 3 * MIB + 17));
        image.write(ByteBuffer.allocateDirect(6 * MIB - 17).put(PAYLOAD, 3 * MIB + 17, 6 * MIB - 17).flip());
        image.skip(9 * MIB + 5);
        image.write(ByteBuffer.wrap(PAYLOAD, 18 * MIB + 5, PAYLOAD.length - 18 * MIB - 5));
    }

    /** An image of it. */
    static Path in(Path folder, Compression compression) throws IOException {
        var path = folder.resolve(compression + ".image");
        try (var file = ImageFile.create(path, 1)) {
            var image = ImageWriter.to(file, compression, HEAD);
            write(image);
            image.finish(Map.of("threads", "8"));
            file.commit();
        }
        return path;
    }

    /** The payload of an image. */
    static byte[] read(Path path) throws IOException {
        try (var image = ImageReader.open(path); var stream = Channels.newInputStream(image.payload())) {
            return stream.readAllBytes();
        }
    }

    /** What is wrong with an image. */
    static Verification verify(Path path) throws Exception {
        return ImageVerifier.verify(path, new Nobody());
    }

    private static final class Nobody implements ExecutionContext {

        @Override
        public void progress(String what, long done, long total) {
            if (done >= total) {
                throw new AssertionError(done + " of " + total);
            }
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public void onCancel(Runnable action) {
            throw new AssertionError("nothing to cancel");
        }
    }

    private SampleImage() {
    }
}
