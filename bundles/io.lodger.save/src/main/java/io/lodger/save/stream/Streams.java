package io.lodger.save.stream;

import io.lodger.command.CommandException;
import io.lodger.command.StartedJob;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Component;

/** The streams of the jobs, so that hosts can name them. Of those that have ended, which hold next to nothing, the last are kept. */
@Component(service = Streams.class)
public final class Streams {

    private static final int MOST = 64;

    private final Map<String, DataStream> byJob = new LinkedHashMap<>();

    /** Something that starts a job. */
    public interface Starter {

        StartedJob start() throws CommandException;
    }

    /** Starts the job that a stream belongs to; the stream is closed when that fails. */
    public StartedJob started(DataStream stream, Starter starter) throws CommandException {
        StartedJob job;
        try {
            job = starter.start();
        } catch (CommandException | RuntimeException e) {
            stream.helperEnded(Optional.of("it was not started"));
            throw e;
        }
        synchronized (this) {
            byJob.put(job.job(), stream);
            if (byJob.size() > MOST) {
                byJob.remove(byJob.keySet().iterator().next()).helperEnded(Optional.of("it is forgotten"));
            }
        }
        return job;
    }

    /**
     * The stream of a job.
     *
     * @throws CommandException when it has none that goes this way
     */
    public synchronized <T extends DataStream> T find(String job, Class<T> kind) throws CommandException {
        var stream = byJob.get(job);
        if (!kind.isInstance(stream)) {
            throw new CommandException("The job '" + job + "' has no stream " + (kind == OutgoingStream.class ? "to read" : "to write to"));
        }
        return kind.cast(stream);
    }
}
