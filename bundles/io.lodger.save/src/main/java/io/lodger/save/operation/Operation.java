package io.lodger.save.operation;

import io.lodger.command.CommandException;
import io.lodger.command.ExecutionContext;
import io.lodger.save.participation.Participation;
import io.lodger.save.process.HelperProcess;
import io.lodger.save.process.Helpers;
import io.lodger.save.protocol.AgentCalls;
import io.lodger.save.protocol.Completion;
import io.lodger.save.protocol.LogLine;
import io.lodger.save.protocol.Progress;
import io.lodger.save.protocol.Task;
import io.lodger.save.sink.ImageFile;
import io.lodger.save.stream.DataStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** One task in a helper, from its start to its end: what the agent answers the helper meanwhile, and what it tidies up after. */
final class Operation implements AgentCalls {

    private static final System.Logger LOG = System.getLogger(Operation.class.getName());
    private static final int MOST_LINES = 1000;

    private final Helpers helpers;
    private final Task task;
    private final ClassLoader engineLoader;
    private final Participation participation;
    private final Optional<? extends DataStream> stream;
    private final ExecutionContext context;
    private HelperProcess helper;
    private String ended;
    private Completion completion;
    private int lines;

    Operation(Helpers helpers, Task task, ClassLoader engineLoader, Participation participation, Optional<? extends DataStream> stream,
            ExecutionContext context) {
        this.helpers = helpers;
        this.task = task;
        this.engineLoader = engineLoader;
        this.participation = participation;
        this.stream = stream;
        this.context = context;
    }

    /**
     * Runs it.
     *
     * @return how it came out; a failure is thrown
     * @throws CommandException when it failed, with a sentence that an operator can act on
     */
    Completion run() throws CommandException, InterruptedException {
        boolean whole = false;
        try {
            var process = start();
            context.onCancel(() -> end("it was cancelled"));
            var outcome = process.run(task, this, () -> completion);
            if (context.isCancelled()) {
                throw new InterruptedException("it was cancelled");
            }
            throwIfEnded();
            if (outcome.failure().isPresent()) {
                throw new CommandException(outcome.failure().get().message());
            }
            whole = true;
            return outcome;
        } catch (IOException e) {
            if (context.isCancelled()) {
                throw new InterruptedException("it was cancelled");
            }
            throwIfEnded();
            throw new CommandException(e.getMessage());
        } finally {
            participation.close();
            if (!whole) {
                removeFile();
            }
        }
    }

    private synchronized HelperProcess start() throws IOException {
        helper = helpers.start(() -> stream.flatMap(DataStream::complaint).ifPresent(this::end));
        if (ended != null) {
            helper.end(ended);
        }
        return helper;
    }

    private synchronized void throwIfEnded() throws CommandException {
        if (ended != null) {
            throw new CommandException(ended);
        }
    }

    /** Ends it before its time. Doesn't wait for it. */
    synchronized void end(String reason) {
        ended = ended == null ? reason : ended;
        if (helper != null) {
            helper.end(reason);
        }
    }

    /** What the helper has left that could not tidy up itself any more, or was good only for somebody who waits no more. */
    private void removeFile() {
        if (task.work() != Task.Work.SAVE || task.file().isEmpty() || helper == null) {
            return;
        }
        var path = Path.of(task.file().get());
        try {
            Files.deleteIfExists(ImageFile.temporaryName(path, helper.pid()));
            if (completion != null && completion.saved().isPresent()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "what is left of the image can''t be removed: {0}", e.toString());
        }
    }

    @Override
    public void log(LogLine line) {
        if (lines++ < MOST_LINES) {
            LOG.log(line.level(), "{0}: {1}", line.context(), line.text());
        } else if (lines == MOST_LINES + 1) {
            LOG.log(System.Logger.Level.WARNING, "{0}: (it says more than is kept)", line.context());
        }
    }

    @Override
    public void progress(Progress progress) {
        context.progress(progress.what(), progress.done(), progress.total());
    }

    @Override
    public void connected() {
        stream.ifPresent(DataStream::connected);
    }

    @Override
    public void suspend() throws IOException, InterruptedException {
        participation.suspend();
    }

    @Override
    public void postcopy() throws IOException, InterruptedException {
        participation.postcopy();
    }

    @Override
    public void checkpoint() throws InterruptedException {
        participation.checkpoint();
    }

    @Override
    public void resume() {
        participation.resume();
    }

    @Override
    public Optional<byte[]> resource(String name) throws IOException {
        return helpers.resource(engineLoader, name);
    }

    @Override
    public void completed(Completion how) {
        completion = completion == null ? how : Completion.failed("the save helper has completed twice", Optional.empty());
    }
}
