package io.lodger.save.operation;

import io.lodger.command.CommandContext;
import io.lodger.command.CommandException;
import io.lodger.command.ExecutionContext;
import io.lodger.command.StartedJob;
import io.lodger.save.engine.RestoreEngine;
import io.lodger.save.engine.SaveEngine;
import io.lodger.save.image.Compression;
import io.lodger.save.image.ImageFacts;
import io.lodger.save.image.ImageReader;
import io.lodger.save.image.Verification;
import io.lodger.save.participant.SaveOccasion;
import io.lodger.save.participation.Participants;
import io.lodger.save.process.Helpers;
import io.lodger.save.protocol.Completion;
import io.lodger.save.protocol.Task;
import io.lodger.save.protocol.Task.Work;
import io.lodger.save.sink.ImageFile;
import io.lodger.save.stream.DataStream;
import io.lodger.save.stream.IncomingStream;
import io.lodger.save.stream.OutgoingStream;
import io.lodger.save.stream.Streams;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Starts what helpers do, as jobs. */
@Component(service = Operations.class)
public final class Operations {

    private static final String SPOOL = "/var/tmp";

    private final Engines engines;
    private final Participants participants;
    private final Helpers helpers;
    private final Streams streams;
    private final List<Operation> running = new CopyOnWriteArrayList<>();

    @Activate
    public Operations(@Reference Engines engines, @Reference Participants participants, @Reference Helpers helpers,
            @Reference Streams streams) {
        this.engines = engines;
        this.participants = participants;
        this.helpers = helpers;
        this.streams = streams;
    }

    /** Helpers that run are asked to end; whoever runs them waits for it. */
    @Deactivate
    void deactivate() {
        running.forEach(operation -> operation.end("the bundle io.lodger.save was stopped or updated"));
    }

    /** Saves to a file. */
    public StartedJob saveToFile(Optional<String> engineName, String target, Path path, Map<String, String> options,
            Compression compression, CommandContext context) throws CommandException, IOException, InterruptedException {
        ImageFile.check(path);
        var engine = engines.find(engineName);
        var task = new Task(Work.SAVE, Optional.of(engine.getClass().getName()), engine.name(), target, options,
                Optional.of(path.toString()), Optional.empty(), SPOOL, compression);
        return context.startJob("saving " + target + " to " + path + " (" + engine.name() + ")",
                job -> run(task, engine, Optional.empty(), job).saved().orElseThrow());
    }

    /** Saves to the host. */
    public StartedJob saveToStream(Optional<String> engineName, String target, Map<String, String> options, Compression compression,
            Duration patience, CommandContext context) throws CommandException, IOException, InterruptedException {
        var engine = engines.find(engineName);
        var stream = new OutgoingStream(patience);
        var task = new Task(Work.SAVE, Optional.of(engine.getClass().getName()), engine.name(), target, options, Optional.empty(),
                Optional.of(stream.helperEnd().toString()), SPOOL, compression);
        return streams.started(stream, () -> context.startJob("saving " + target + " to the host (" + engine.name() + ")", job -> {
            var image = run(task, engine, Optional.of(stream), job).saved().orElseThrow();
            stream.awaitRead();
            return image;
        }));
    }

    /** Restores from a file. */
    public StartedJob restoreFromFile(Optional<String> engineName, Path path, Map<String, String> options, CommandContext context)
            throws CommandException, IOException, InterruptedException {
        ImageFacts image;
        try (var reader = ImageReader.open(path)) {
            image = reader.facts();
        }
        var engine = restorer(engineName.orElse(image.engine()));
        var task = new Task(Work.RESTORE, Optional.of(engine.getClass().getName()), engine.name(), "", options,
                Optional.of(path.toString()), Optional.empty(), SPOOL, Compression.NONE);
        return context.startJob("restoring " + image.target() + " from " + path + " (" + engine.name() + ")",
                job -> new Restored(run(task, engine, Optional.empty(), job).restored().orElseThrow()));
    }

    /** Restores from the host. */
    public StartedJob restoreFromStream(String engineName, Map<String, String> options, Duration patience, CommandContext context)
            throws CommandException, IOException, InterruptedException {
        var engine = restorer(engineName);
        var stream = new IncomingStream(patience);
        var task = new Task(Work.RESTORE, Optional.of(engine.getClass().getName()), engine.name(), "", options, Optional.empty(),
                Optional.of(stream.helperEnd().toString()), SPOOL, Compression.NONE);
        return streams.started(stream, () -> context.startJob("restoring from the host (" + engine.name() + ")",
                job -> new Restored(run(task, engine, Optional.of(stream), job).restored().orElseThrow())));
    }

    private SaveEngine restorer(String name) throws CommandException, InterruptedException {
        var engine = engines.find(Optional.of(name));
        if (!(engine instanceof RestoreEngine)) {
            throw new CommandException("The engine '" + name + "' can save, but not restore");
        }
        return engine;
    }

    /** Reads an image and tells what is wrong with it. */
    public StartedJob verify(Path path, CommandContext context) throws CommandException {
        var task = new Task(Work.VERIFY, Optional.empty(), "image", "", Map.of(), Optional.of(path.toString()), Optional.empty(), SPOOL,
                Compression.NONE);
        return context.startJob("verifying " + path, job -> verified(task, job));
    }

    private Verification verified(Task task, ExecutionContext job) throws CommandException, InterruptedException {
        return run(task, null, Optional.empty(), job).verified().orElseThrow();
    }

    private Completion run(Task task, SaveEngine engine, Optional<? extends DataStream> stream, ExecutionContext job)
            throws CommandException, InterruptedException {
        var loader = engine == null ? Operations.class.getClassLoader() : engine.getClass().getClassLoader();
        var participation = participants.begin(new SaveOccasion(task.engineName(), task.target()));
        var operation = new Operation(helpers, task, loader, participation, stream, job);
        running.add(operation);
        stream.ifPresent(DataStream::begun);
        Optional<String> failure = Optional.of("it was ended");
        try (var use = engines.use(engine, () -> operation.end("the engine '" + task.engineName() + "' was taken away while it worked"))) {
            var completion = operation.run();
            failure = Optional.empty();
            return completion;
        } catch (CommandException e) {
            failure = Optional.of(e.getMessage());
            throw e;
        } finally {
            running.remove(operation);
            participants.end(participation);
            if (stream.isPresent()) {
                stream.get().helperEnded(failure);
            }
        }
    }
}
