package io.lodger.snapshot;

import io.lodger.posix.Ptrace;
import io.lodger.posix.Signals;
import io.lodger.save.engine.ImageOutput;
import io.lodger.save.engine.SaveSession;
import io.lodger.snapshot.machine.Machine;
import io.lodger.snapshot.process.ProcessFacts;
import io.lodger.snapshot.process.Target;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Snapshots of a throw-away process, so that every class is loaded, every native function found and every path walked before a process
 * that matters is stopped. It also finds out what this machine and this process's rights allow. The process ends with this one.
 */
final class Rehearsal implements AutoCloseable {

    /** More than any processor's vector registers need today. */
    private static final int VECTORS_CAPACITY = 16 << 10;
    private static final int ROUNDS = 6;
    /** The process waits for the end of a pipe whose other end is here, and isn't a child of this one, whose exit Java would wait for. */
    private static final String SCRIPT = "exec 3<&0; cat <&3 >/dev/null & echo $!; wait";

    private final Machine machine;
    private final Process shell;
    private final int pid;

    /** Starts the process. */
    Rehearsal(Machine machine) throws IOException {
        this.machine = machine;
        this.shell = new ProcessBuilder("/bin/sh", "-c", SCRIPT).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var line = new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.US_ASCII)).readLine();
        if (line == null) {
            throw new IOException("a process to rehearse on can't be started with /bin/sh");
        }
        this.pid = Integer.parseInt(line);
    }

    /** Does it, on a platform thread of its own. */
    Findings run() throws IOException, InterruptedException {
        awaitProgram();
        boolean suspendsSeccomp = maySuspendSeccomp();
        int vectorsLength = 0;
        var session = deaf(SaveSession.class);
        for (int i = 0; i < ROUNDS; i++) {
            var snapshot = new Snapshot(machine, session, VECTORS_CAPACITY, suspendsSeccomp, stage -> { });
            snapshot.take(Target.of(pid, machine), Options.of(Map.of()));
            vectorsLength = snapshot.vectorsLength();
        }
        return new Findings(vectorsLength, suspendsSeccomp);
    }

    /** Between fork and exec it is still the shell. */
    private void awaitProgram() throws IOException {
        while (!ProcessFacts.of(pid).name().equals("cat") && shell.isAlive()) {
            Thread.onSpinWait();
        }
    }

    private boolean maySuspendSeccomp() throws IOException {
        var ptrace = new Ptrace();
        try {
            ptrace.seize(pid, Ptrace.O_SUSPEND_SECCOMP);
        } catch (IOException e) {
            return false;
        }
        ptrace.interrupt(pid);
        ptrace.await(pid);
        ptrace.detach(pid, 0);
        return true;
    }

    /** Takes everything and keeps nothing. No class of its own: implementing what only the agent provides would tie this bundle to it. */
    private static <T> T deaf(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            var returned = method.getReturnType();
            return returned == ImageOutput.class ? deaf(ImageOutput.class) : returned == boolean.class ? (Object) false
                    : returned == long.class ? (Object) 0L : null;
        }));
    }

    @Override
    public void close() throws IOException {
        Signals.kill(pid, Signals.SIGKILL);
        shell.destroy();
    }

    /**
     * What was found out.
     *
     * @param vectorsLength how many bytes of vector registers a thread has on this machine
     * @param suspendsSeccomp whether this process may set seccomp filters aside
     */
    record Findings(int vectorsLength, boolean suspendsSeccomp) {
    }
}
