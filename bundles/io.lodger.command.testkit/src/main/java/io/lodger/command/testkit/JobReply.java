package io.lodger.command.testkit;

import io.lodger.command.CommandException;
import io.lodger.core.job.JobFacts;
import io.lodger.core.job.Jobs;
import io.lodger.core.protocol.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells what a job came to, in the form of a command's reply. */
final class JobReply {

    private static final Pattern STARTED = Pattern.compile("\\{\"return\": \\{\"job\": \"([^\"]*)\"\\}\\}");

    private final Jobs jobs;
    private final Duration patience;

    JobReply(Jobs jobs, Duration patience) {
        this.jobs = jobs;
        this.patience = patience;
    }

    /** What the job came to that a command's reply names; the reply itself when it names none. */
    String to(String reply) throws InterruptedException {
        var started = STARTED.matcher(reply);
        return started.matches() ? ended(started.group(1)) : reply;
    }

    /** The same for a job that is asked to end first. */
    String toCancelled(String reply) throws InterruptedException {
        var started = STARTED.matcher(reply);
        if (!started.matches()) {
            throw new AssertionError("no job was started: " + reply);
        }
        jobs.cancel(started.group(1), "The test cancelled the job");
        return ended(started.group(1));
    }

    private String ended(String id) throws InterruptedException {
        try {
            return outcome(jobs.awaitEnd(id, patience));
        } catch (CommandException e) {
            throw new AssertionError(e);
        }
    }

    private String outcome(JobFacts facts) {
        if (facts.result().isPresent()) {
            return "{\"return\": " + facts.result().get() + "}";
        }
        var error = facts.error().orElseThrow(() -> new AssertionError("the job '" + facts.title() + "' hasn't ended within "
                + patience.toSeconds() + " s"));
        var line = StandardCharsets.US_ASCII.decode(Reply.error(error.errorClass(), error.desc(), Optional.empty()).line()).toString();
        return line.stripTrailing();
    }
}
