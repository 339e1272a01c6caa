package com.example.digest;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import io.lodger.command.Doc;
import io.lodger.command.ExecutionContext;
import io.lodger.command.GuestCommand;
import io.lodger.command.StartedJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.osgi.service.component.annotations.Component;

@Component
@GuestCommand(name = "example-digest")
@Doc("Computes the SHA-256 of a file, as a job.")
public class Digest implements Command<Digest.File, StartedJob> {

    private static final int BLOCK = 1 << 16;

    public record File(@Doc("The file's path.") String path) {
    }

    public record Sum(@Doc("The digest, in hexadecimal digits.") String sha256, @Doc("The file's size in bytes.") long bytes) {
    }

    @Override
    public StartedJob execute(File file, CommandContext context) throws CommandException {
        var path = Path.of(file.path());
        if (!Files.isReadable(path)) {
            throw new CommandException("There is no file " + path + ", or it can't be read");
        }
        return context.startJob("digest of " + path, job -> digest(path, job));
    }

    private static Sum digest(Path path, ExecutionContext job) throws IOException, NoSuchAlgorithmException, InterruptedException {
        var digest = MessageDigest.getInstance("SHA-256");
        var total = Files.size(path);
        var block = new byte[BLOCK];
        long done = 0;
        try (var stream = Files.newInputStream(path)) {
            for (var count = stream.read(block); count >= 0; count = stream.read(block)) {
                digest.update(block, 0, count);
                done += count;
                job.progress("reading " + path, done, total);
                if (job.isCancelled()) {
                    throw new InterruptedException("cancelled after " + done + " bytes");
                }
            }
        }
        return new Sum(HexFormat.of().formatHex(digest.digest()), done);
    }
}
