package io.lodger.save.criu;

import io.lodger.save.engine.ImageOutput;
import io.lodger.save.engine.SaveSession;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The files of a folder in one payload, as a zip archive that is not compressed. */
final class Archive {

    private static final int WINDOW = 1 << 20;

    private Archive() {
    }

    /** Writes the folder's files as the image; returns how many bytes they have. */
    static long write(Path folder, SaveSession session) throws IOException {
        long done = 0;
        try (var files = Files.list(folder); var zip = new ZipOutputStream(new Output(session.image()))) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            var sorted = files.sorted().toList();
            long total = 0;
            for (var file : sorted) {
                total += Files.size(file);
            }
            var window = new byte[WINDOW];
            for (var file : sorted) {
                zip.putNextEntry(new ZipEntry(file.getFileName().toString()));
                try (var content = Files.newInputStream(file)) {
                    for (int count = content.read(window); count >= 0; count = content.read(window)) {
                        zip.write(window, 0, count);
                        done += count;
                        session.progress("writing the images", done, total);
                    }
                }
                zip.closeEntry();
            }
        }
        return done;
    }

    /** Unpacks an image to a folder. */
    static void read(ReadableByteChannel image, Path folder) throws IOException {
        try (var zip = new ZipInputStream(Channels.newInputStream(image))) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                var name = Path.of(entry.getName());
                if (name.getNameCount() != 1 || name.isAbsolute() || entry.getName().startsWith(".")) {
                    throw new IOException("the image holds a file of the name '" + name + "', which criu never writes");
                }
                Files.copy(zip, folder.resolve(name));
            }
        }
    }

    private static final class Output extends OutputStream {

        private final ImageOutput image;

        Output(ImageOutput image) {
            this.image = image;
        }

        @Override
        public void write(int single) throws IOException {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            image.write(ByteBuffer.wrap(bytes, offset, length));
        }
    }
}
