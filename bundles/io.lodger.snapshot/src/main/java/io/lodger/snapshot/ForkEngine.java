package io.lodger.snapshot;

import io.lodger.save.engine.SaveEngine;
import io.lodger.save.engine.SaveSession;
import io.lodger.snapshot.capture.Stage;
import io.lodger.snapshot.machine.Machine;
import io.lodger.snapshot.process.Target;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Component;

/**
 * The engine {@code fork}: a consistent image of a running process as an ELF core, for which it pauses no longer than its own fork(2)
 * would take. The target is a process id. Options: {@code filter}, which mappings to save, as in core(5), by default the process's own;
 * {@code thread}, the id of the thread that the image shows first.
 *
 * <p>The order of the callbacks: suspend; then the process is stopped, copied and runs on; postcopy and resume; then the image is
 * written; checkpoint.
 */
@Component(service = SaveEngine.class)
public final class ForkEngine implements SaveEngine {

    private final String osArch;
    private final Consumer<Stage> stages;
    private Optional<Rehearsal.Findings> findings = Optional.empty();

    /** The engine for this machine. */
    public ForkEngine() {
        this(System.getProperty("os.arch"), stage -> { });
    }

    /**
     * The engine for a machine.
     *
     * @param osArch its architecture as Java names it
     * @param stages is told of each step, in the middle of it
     */
    ForkEngine(String osArch, Consumer<Stage> stages) {
        this.osArch = osArch;
        this.stages = stages;
    }

    @Override
    public String name() {
        return "fork";
    }

    @Override
    public Optional<String> obstacle() {
        return Machine.ofArchitecture(osArch).isPresent() ? Optional.empty()
                : Optional.of("it can't yet save processes on " + osArch + ", only on amd64");
    }

    @Override
    public synchronized Map<String, String> save(String target, Map<String, String> options, SaveSession session) throws Exception {
        var machine = Machine.ofArchitecture(osArch).orElseThrow(() -> new IOException(obstacle().orElseThrow()));
        var chosen = Options.of(options);
        int pid = Options.number("the target of the engine fork is a process id", target);
        Target.of(pid, machine);
        if (findings.isEmpty()) {
            findings = Optional.of(Attempts.rehearse(machine));
        }
        return new Attempts(machine, session, stages).save(pid, chosen, findings.get());
    }
}
