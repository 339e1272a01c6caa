package io.lodger.save.helper;

import io.lodger.save.engine.ImageOutput;
import io.lodger.save.engine.RestoreEngine;
import io.lodger.save.image.ImageHead;
import io.lodger.save.image.ImageReader;
import io.lodger.save.image.ImageVerifier;
import io.lodger.save.image.ImageWriter;
import io.lodger.save.protocol.AgentCalls;
import io.lodger.save.protocol.Completion;
import io.lodger.save.protocol.Task;
import io.lodger.save.sink.ImageFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Does the one task. */
final class TaskRun {

    private final Task task;
    private final AgentCalls agent;
    private final Cancellation cancellation;

    TaskRun(Task task, AgentCalls agent, Cancellation cancellation) {
        this.task = task;
        this.agent = agent;
        this.cancellation = cancellation;
    }

    Completion run() throws Exception {
        return switch (task.work()) {
            case SAVE -> task.file().isPresent() ? saveToFile(Path.of(task.file().get())) : saveToStream();
            case RESTORE -> task.file().isPresent() ? restore(Path.of(task.file().get())) : restoreFromStream();
            case VERIFY -> Completion.verified(ImageVerifier.verify(Path.of(task.file().orElseThrow()), session(null)));
        };
    }

    private Completion saveToFile(Path path) throws Exception {
        try (var file = ImageFile.create(path, ProcessHandle.current().pid())) {
            cancellation.add(() -> discard(file));
            var completion = save(ImageWriter.to(file, task.compression(), head()));
            file.commit();
            if (cancellation.isCancelled()) {
                Files.delete(path);
            }
            return completion;
        }
    }

    private static void discard(ImageFile file) {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Completion saveToStream() throws Exception {
        try (var stream = FileChannel.open(Path.of(task.stream().orElseThrow()), StandardOpenOption.WRITE)) {
            agent.connected();
            return save(ImageWriter.to(stream, task.compression(), head()));
        }
    }

    private ImageHead head() {
        return new ImageHead(task.engineName(), task.target(), System.currentTimeMillis());
    }

    private Completion save(ImageWriter image) throws Exception {
        var engine = new EngineLoader(agent).engine(task.engine().orElseThrow());
        var facts = engine.save(task.target(), task.options(), session(image));
        return Completion.saved(image.finish(facts));
    }

    private Completion restoreFromStream() throws Exception {
        var spooled = Spool.receive(Path.of(task.stream().orElseThrow()), Path.of(task.spool()), agent, cancellation);
        try {
            return restore(spooled);
        } finally {
            Files.deleteIfExists(spooled);
        }
    }

    private Completion restore(Path path) throws Exception {
        try (var image = ImageReader.open(path)) {
            var writer = image.facts().engine();
            if (!writer.equals(task.engineName())) {
                throw new IOException(path + " was written by the engine '" + writer + "', and '" + task.engineName()
                        + "' can't restore it");
            }
            if (new EngineLoader(agent).engine(task.engine().orElseThrow()) instanceof RestoreEngine engine) {
                return Completion.restored(engine.restore(image.payload(), task.options(), session(null)));
            }
            throw new IOException("the engine '" + task.engineName() + "' can only save");
        }
    }

    private Session session(ImageOutput image) {
        return new Session(agent, cancellation, task.engineName(), image);
    }
}
