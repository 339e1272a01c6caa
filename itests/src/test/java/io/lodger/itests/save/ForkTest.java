package io.lodger.itests.save;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lodger.itests.Await;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A snapshot of a running process by the built agent. */
class ForkTest {

    /** Has much memory, tells the checksum of it whenever it is asked. */
    private static final String PROGRAM = """
            import os, sys, zlib
            memory = os.urandom(200 << 20)
            print(zlib.crc32(memory), flush=True)
            for line in sys.stdin:
                print(zlib.crc32(memory), flush=True)
            """;

    @TempDir
    private Path folder;
    private SavingAgent agent;
    private Process target;
    private BufferedReader answers;
    private String checksum;

    @BeforeEach
    void start() throws Exception {
        agent = new SavingAgent(folder);
        target = new ProcessBuilder("python3", "-c", PROGRAM).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        answers = target.inputReader();
        checksum = answers.readLine();
    }

    @AfterEach
    void stop() throws Exception {
        target.destroyForcibly().waitFor();
        agent.close();
    }

    @Test
    void aSnapshotThatIsCancelledWhileItIsWrittenLeavesTheTargetAsItWas() throws Exception {
        // Nobody reads the stream, so that it can't come to its end.
        var job = agent.ask("lodger-save", "'engine': 'fork', 'target': '" + target.pid() + "', 'stream': true").get("job").getAsString();
        Await.until("the copy is made", () -> !copies().isEmpty());
        agent.ask("lodger-job-cancel", "'job': '" + job + "'");
        assertEquals("cancelled", agent.ended(job).get("state").getAsString());
        assertTargetIsAsItWas();
    }

    private void assertTargetIsAsItWas() throws Exception {
        Await.until("the copy has ended", () -> copies().isEmpty());
        target.getOutputStream().write('\n');
        target.getOutputStream().flush();
        assertEquals(checksum, answers.readLine());
    }

    /** Processes of the target's program beside it. */
    private List<ProcessHandle> copies() {
        var arguments = target.info().arguments();
        return ProcessHandle.allProcesses().filter(process -> process.pid() != target.pid())
                .filter(process -> process.info().arguments().map(List::of).equals(arguments.map(List::of))).toList();
    }
}
