package io.lodger.itests;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A host that starts the fixture's jobs, each with a folder by which the test and the job speak. */
public final class JobFixture {

    private final Host host;
    private final Path folder;
    private final List<String> early = new ArrayList<>();
    private int count;

    public JobFixture(Host host, Path folder) {
        this.host = host;
        this.folder = folder;
    }

    /** The fixture's bundle with the commands about jobs. */
    public static Path bundle(Path folder, String version) throws Exception {
        return FixtureBundle.build(folder, "test.jobs", version, "Private-Package", "io.lodger.itests.fixture.job");
    }

    /** A job that runs. */
    public record Started(String id, Path folder) {

        /** Lets the job come to its end. */
        public void go() throws IOException {
            Files.createFile(folder.resolve("go"));
        }

        /** Whether the job was told to end. */
        public boolean isCancelled() {
            return Files.exists(folder.resolve("cancelled"));
        }
    }

    /** Starts a job, and returns when it runs. */
    public Started start(boolean stubborn) throws Exception {
        var own = Files.createDirectory(folder.resolve("job" + ++count));
        var reply = host.ask("{'execute': 'test-job', 'arguments': {'folder': '" + own + "', 'stubborn': " + stubborn + "}}");
        for (; reply.startsWith("{\"event\""); reply = host.line()) {
            early.add(reply);
        }
        assertTrue(reply.startsWith("{\"return\": {\"job\": \""), reply);
        Await.until("the job runs", () -> Files.exists(own.resolve("begun")));
        return new Started(reply.split("\"")[5], own);
    }

    /** The next event: a job may have told how far it is before the reply to the command that started it. */
    public String event() throws IOException {
        return early.isEmpty() ? host.line() : early.remove(0);
    }

    /** Asks for a job. */
    public static String status(Host host, Started job) throws IOException {
        return host.ask("{'execute': 'lodger-job-status', 'arguments': {'job': '" + job.id() + "'}}");
    }

    /** Waits for a job's end. */
    public static String await(Host host, Started job) throws IOException {
        return host.ask("{'execute': 'lodger-job-wait', 'arguments': {'job': '" + job.id() + "', 'timeout': 25}}");
    }
}
