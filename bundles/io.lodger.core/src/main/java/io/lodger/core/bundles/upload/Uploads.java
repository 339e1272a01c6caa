package io.lodger.core.bundles.upload;

import io.lodger.command.CommandException;
import io.lodger.core.bundles.archive.Offer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** The uploads that are under way, each a file in a folder. None outlives the agent, and none that nobody goes on with its time. */
public final class Uploads {

    /** How many bytes one chunk may hold. In base64 it is a third more, which every channel takes in one request. */
    static final int CHUNK_SIZE = 512 << 10;

    private static final int COUNT_LIMIT = 4;
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private final Path folder;
    private final BooleanSupplier frozen;
    private final InstantSource clock;
    private final Map<String, Upload> uploads = new LinkedHashMap<>();

    /** Uploads in this folder, where nothing is deleted while file systems are frozen. */
    public Uploads(Path folder, BooleanSupplier frozen) {
        this(folder, frozen, InstantSource.system());
    }

    Uploads(Path folder, BooleanSupplier frozen, InstantSource clock) {
        this.folder = folder;
        this.frozen = frozen;
        this.clock = clock;
    }

    /** Deletes what an agent before this one left. */
    public void clear() throws IOException {
        if (Files.isDirectory(folder)) {
            try (var files = Files.list(folder)) {
                for (var file : files.toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** Begins an upload, or finds the one of the same content that was begun. */
    synchronized Upload begin(long size, String sha256) throws CommandException, IOException {
        var hash = sha256.toLowerCase(Locale.ROOT);
        if (!SHA256.matcher(hash).matches()) {
            throw new CommandException("sha256 must be 64 hexadecimal digits, as sha256sum prints them");
        }
        if (size < 1 || size > Offer.SIZE_LIMIT) {
            throw new CommandException("size must be from 1 to " + Offer.SIZE_LIMIT + " bytes");
        }
        sweep();
        var id = hash.substring(0, 16) + "-" + size;
        var known = uploads.get(id);
        if (known != null && known.sha256().equals(hash)) {
            known.touch(clock.instant());
            return known;
        }
        if (uploads.size() >= COUNT_LIMIT) {
            throw new CommandException(COUNT_LIMIT + " uploads are under way already; lodger-bundle-upload-abort ends one of "
                    + String.join(", ", uploads.keySet()));
        }
        Files.createDirectories(folder);
        var upload = new Upload(id, folder.resolve(id), size, hash, clock.instant());
        uploads.put(id, upload);
        CompletableFuture.delayedExecutor(ABANDONED_AFTER.toSeconds() + 1, TimeUnit.SECONDS).execute(this::sweepQuietly);
        return upload;
    }

    synchronized Upload find(String id) throws CommandException {
        var upload = uploads.get(id);
        if (upload == null) {
            throw new CommandException("There is no upload " + id + "; lodger-bundle-upload-begin begins one");
        }
        upload.touch(clock.instant());
        return upload;
    }

    synchronized void abort(String id) throws CommandException, IOException {
        find(id).delete();
        uploads.remove(id);
    }

    /**
     * Ends an upload and moves its file.
     *
     * @throws CommandException when bytes are missing or the hash is another; then the upload is still there, or gone
     */
    public synchronized void finish(String id, Path target) throws CommandException, IOException {
        var upload = find(id);
        upload.checkComplete();
        uploads.remove(id);
        upload.moveTo(target);
    }

    private synchronized void sweep() throws IOException {
        var limit = clock.instant().minus(ABANDONED_AFTER);
        for (var all = uploads.values().iterator(); all.hasNext();) {
            var upload = all.next();
            if (upload.isUntouchedSince(limit)) {
                all.remove();
                upload.delete();
            }
        }
    }

    private void sweepQuietly() {
        try {
            if (!frozen.getAsBoolean()) {
                sweep();
            }
        } catch (IOException e) {
            System.getLogger(Uploads.class.getName()).log(System.Logger.Level.WARNING, "an abandoned upload can''t be deleted: {0}", e);
        }
    }
}
