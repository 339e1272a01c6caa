package io.lodger.save.helper;

import io.lodger.posix.StandardStreams;
import io.lodger.save.protocol.AgentCalls;
import io.lodger.save.protocol.Completion;
import io.lodger.save.protocol.Frames;
import io.lodger.save.protocol.HelperCalls;
import io.lodger.save.protocol.Peer;
import io.lodger.save.protocol.Task;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The entry point of the helper. The protocol is on standard input and output as they were at the start. Once the first frame is out,
 * it moves to descriptors that no program and no stray print knows: whatever is written to standard output is then for standard error.
 */
public final class Main {

    private Main() {
    }

    public static void main(String... arguments) throws IOException, InterruptedException {
        System.setOut(System.err);
        new Frames(InputStream.nullInputStream(), new FileOutputStream(FileDescriptor.out)).writeHello();
        InputStream in = new FileInputStream("/proc/self/fd/0");
        OutputStream out = new FileOutputStream("/proc/self/fd/1");
        StandardStreams.leave();

        BlockingQueue<Task> given = new ArrayBlockingQueue<>(1);
        HelperCalls calls = given::add;
        var agent = new Peer<>(new Frames(in, out), AgentCalls.class, HelperCalls.class, calls);
        var cancellation = new Cancellation();
        Runtime.getRuntime().addShutdownHook(new Thread(cancellation::cancel, "cancellation"));
        var reader = new Thread(() -> serve(agent), "agent");
        reader.setDaemon(true);
        reader.start();

        Task task;
        try {
            task = given.take();
        } catch (InterruptedException e) {
            // The agent has gone before it gave one, or wants none any more.
            cancellation.end();
            return;
        }
        var completion = complete(task, agent.remote(), cancellation);
        if (cancellation.end()) {
            agent.remote().completed(completion);
            System.exit(0);
        }
        // The shutdown that the cancellation came with is under way, and ends this process.
        Thread.currentThread().join();
    }

    /** Ends this process when the agent ends or says something that can't be understood. */
    private static void serve(Peer<AgentCalls> agent) {
        try {
            agent.serve();
        } catch (IOException e) {
            System.err.println("the agent can't be understood: " + e.getMessage());
        }
        System.exit(1);
    }

    private static Completion complete(Task task, AgentCalls agent, Cancellation cancellation) {
        try {
            return new TaskRun(task, agent, cancellation).run();
        } catch (InterruptedException e) {
            return Completion.failed("it was cancelled", Optional.empty());
        } catch (Exception | LinkageError | OutOfMemoryError | StackOverflowError e) {
            return Failures.completion(e, agent);
        }
    }
}
