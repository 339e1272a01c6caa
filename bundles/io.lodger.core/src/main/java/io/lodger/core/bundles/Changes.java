package io.lodger.core.bundles;

import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import io.lodger.core.bundles.access.Access;
import io.lodger.core.bundles.access.AuditEntry;
import io.lodger.core.bundles.access.AuditLog;
import io.lodger.core.bundles.archive.Offer;
import io.lodger.core.bundles.change.AddedBundles;
import io.lodger.core.bundles.store.Addition;
import io.lodger.core.bundles.store.BundleStore;
import io.lodger.core.bundles.upload.Uploads;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Makes the changes that the commands ask for, one after the other on a thread of their own, and writes each to the audit log. A change
 * that has begun is finished, also when its call is cancelled: half a change would be worse than one that nobody waits for.
 */
final class Changes {

    private final AddedBundles added;
    private final BundleStore store;
    private final Uploads uploads;
    private final Access access;
    private final AuditLog audit;
    private final Runnable changed;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
        var made = new Thread(task, "bundles");
        made.setDaemon(true);
        return made;
    });

    /**
     * Changes of what was added.
     *
     * @param changed runs after each successful change
     */
    Changes(AddedBundles added, BundleStore store, Uploads uploads, Access access, AuditLog audit, Runnable changed) {
        this.added = added;
        this.store = store;
        this.uploads = uploads;
        this.access = access;
        this.audit = audit;
        this.changed = changed;
        thread.allowCoreThreadTimeOut(true);
    }

    AddedBundles added() {
        return added;
    }

    /** A change that takes something in. */
    interface Taking {
        Addition take(Offer offer, String channel) throws CommandException, IOException, InterruptedException;
    }

    /** A change of what is there; empty when nothing of it is left. */
    interface Turning {
        Optional<Addition> turn(String name) throws CommandException, IOException, InterruptedException;
    }

    /** Takes in what a command's arguments name. */
    Addition take(CommandContext context, String command, BundleSource source, Taking taking) throws Exception {
        var entry = entry(context, command).source(source.path().or(source::upload).orElseThrow());
        return make(context, entry, () -> {
            var offer = offer(source);
            try {
                entry.bundle(offer.name()).version(offer.version().toString());
                return Optional.of(taking.take(offer, Access.channel(context)));
            } finally {
                offer.discard();
            }
        }).orElseThrow();
    }

    /** Changes the addition that a command's arguments name. */
    Optional<Addition> turn(CommandContext context, String command, BundleName name, Turning turning) throws Exception {
        var entry = entry(context, command).bundle(name.symbolicName());
        return make(context, entry, () -> turning.turn(name.symbolicName()));
    }

    private static AuditEntry entry(CommandContext context, String command) {
        return new AuditEntry(Access.channel(context), command);
    }

    private Offer offer(BundleSource source) throws CommandException, IOException {
        if (source.path().isPresent()) {
            return Offer.of(Path.of(source.path().get()), store);
        }
        var file = store.stagingFile();
        uploads.finish(source.upload().orElseThrow(), file);
        return Offer.ofStaged("Upload " + source.upload().get(), file, store);
    }

    private Optional<Addition> make(CommandContext context, AuditEntry entry, Callable<Optional<Addition>> change) throws Exception {
        try {
            return thread.submit(() -> audited(context, entry, change)).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : new CommandException("The change failed with " + e.getCause());
        }
    }

    private Optional<Addition> audited(CommandContext context, AuditEntry entry, Callable<Optional<Addition>> change) throws Exception {
        try {
            access.require(context);
            var after = change.call();
            after.ifPresent(addition -> {
                entry.version(addition.version().toString());
                addition.signer().ifPresent(entry::signer);
            });
            changed.run();
            audit.write(entry.done());
            return after;
        } catch (Exception e) {
            audit.write(entry.refused(String.valueOf(e.getMessage())));
            throw explained(e);
        }
    }

    /** The file system's exceptions have a message that is a mere path. */
    private static Exception explained(Exception e) {
        if (!(e instanceof IOException)) {
            return e;
        }
        var reason = e instanceof FileSystemException f && f.getReason() != null ? f.getFile() + ": " + f.getReason() : e.toString();
        return new CommandException("Nothing was changed, for the bundle can't be stored: " + reason);
    }
}
