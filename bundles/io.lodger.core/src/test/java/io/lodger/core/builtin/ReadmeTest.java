package io.lodger.core.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lodger.core.AgentUnderTest;
import io.lodger.core.Condition;
import io.lodger.core.Facts;
import io.lodger.core.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the README are real. Those of the commands that manage bundles need a framework and are checked with them. */
class ReadmeTest {

    private static final Pattern EXAMPLE = Pattern.compile("```\\n(\\{\"execute\": \"(?!lodger-bundle-).*?)```", Pattern.DOTALL);
    private static final int EXAMPLES = 11;
    private static final Pattern JOB = Pattern.compile("\"[0-9a-f]{8}-\\d+\"");

    @TempDir
    Path folder;

    private final Semaphore go = new Semaphore(0);

    record Found(long files) {
    }

    @Test
    void theExamplesAreReal() throws Exception {
        var readme = Files.readString(Path.of("README.md"));
        var examples = EXAMPLE.matcher(readme).results().map(match -> lines(match.group(1))).toList();
        assertEquals(EXAMPLES, examples.size());
        for (var example : examples) {
            try (var agent = AgentUnderTest.in(folder).start(); var host = agent.connect()) {
                check(example, agent, host);
            }
        }
    }

    private void check(List<String> example, AgentUnderTest agent, Host host) throws Exception {
        var request = prepared(example.get(0), agent, host);
        host.send(request);
        for (var expected : example.subList(1, example.size())) {
            var line = host.line();
            // An event may come before the reply to the command that started the job.
            line = line.startsWith("{\"return\": {\"job\": ") && expected.startsWith("{\"event\"") ? host.line() : line;
            assertEquals(plain(expected), plain(line));
            if (request.contains("lodger-events") && line.equals("{\"return\": {}}")) {
                go.release();
                host.ask("test-work");
            }
        }
    }

    /** Brings about what the example tells of, and puts the id of a real job in. */
    private String prepared(String request, AgentUnderTest agent, Host host) throws IOException {
        go.drainPermits();
        if (request.contains("guest-info")) {
            agent.add(Facts.Silent.class, "test", (none, context) -> "never seen");
        }
        if (request.contains("lodger-health")) {
            agent.add(Facts.Other.class, "test", (none, context) -> {
                throw new NoClassDefFoundError("com/example/Gone");
            });
            host.call("test-other");
        }
        if (!request.contains("lodger-job") && !request.contains("lodger-events")) {
            return request;
        }
        agent.add(Facts.Work.class, "test", (none, context) -> context.startJob("counting the files below /var", job -> {
            job.progress("/var/lib", 17, 0);
            go.acquire();
            return new Found(4711);
        }));
        if (request.contains("lodger-events")) {
            return request;
        }
        var id = host.call("test-work").split("\"")[5];
        Condition.await(() -> hasProgress(host));
        if (request.contains("wait")) {
            go.release();
        }
        return JOB.matcher(request).replaceAll("\"" + id + "\"");
    }

    private static boolean hasProgress(Host host) {
        try {
            return host.call("lodger-job-list").contains("\"progress\"");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Lines as the wire has them: one that begins with a space goes on with the one before. */
    private static List<String> lines(String example) {
        var lines = new ArrayList<String>();
        for (var line : example.replace("<0xFF>", "\u00ff").lines().toList()) {
            if (line.startsWith(" ")) {
                lines.set(lines.size() - 1, lines.get(lines.size() - 1) + line);
            } else {
                lines.add(line);
            }
        }
        return lines;
    }

    /** Without what differs from run to run, and without the breaks of the README. */
    private static String plain(String line) {
        return JOB.matcher(line).replaceAll("ID").replaceAll("\"20[0-9-]+T[0-9:.]+Z\"", "TIME")
                .replaceAll("\"(uptime|seconds|microseconds)\": \\d+", "$1").replaceAll("\\s+", "");
    }
}
