package io.lodger.launcher;

import io.lodger.core.Agent;
import io.lodger.core.FrozenFile;
import io.lodger.core.bundles.BundleManagement;
import io.lodger.launcher.configuration.LaunchConfiguration;
import io.lodger.launcher.configuration.NearestName;
import io.lodger.launcher.framework.AgentFramework;
import io.lodger.launcher.framework.Features;
import io.lodger.launcher.log.AgentLog;
import io.lodger.posix.PidFile;
import io.lodger.posix.ResidentPages;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.osgi.framework.BundleException;

/** One run of the agent, from its open channels to their end. */
final class AgentRun {

    /** Below the state directory: where the framework keeps what is added to the running agent. */
    private static final String STORAGE = "lodger.framework";

    /** How long after the start it is over for the machine too: hosts ask most of what they ask in the first moments. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    private final LaunchConfiguration configuration;
    private final Agent agent;
    private final Ending ending;
    private final Starts starts;

    private AgentRun(LaunchConfiguration configuration, Agent agent, Ending ending) {
        this.configuration = configuration;
        this.agent = agent;
        this.ending = ending;
        starts = new Starts(configuration.bundleStore(), agent::isFrozen);
    }

    /**
     * Sets the log and the process up and opens the channels; from then on the core's own commands are answered.
     *
     * @throws IOException when that can't be done; each line of the message is one for the log
     */
    static AgentRun start(LaunchConfiguration configuration, String version, Ending ending) throws IOException {
        // The agent before this one may have left the guest frozen; nothing may be written then.
        var frozen = new FrozenFile(configuration.stateDirectory());
        AgentLog.PROCESS.keepWhile(frozen::isFrozen);
        if (frozen.isFrozen()) {
            System.err.println("lodger: the guest is frozen; the log and the pid file wait until it is thawed");
        }
        openLog(configuration);
        if (Daemonization.isChild()) {
            Daemonization.leaveParent();
            if (!frozen.isFrozen()) {
                ending.closeFirst(pidFile(configuration.pidFile()));
            }
        }
        var agent = openChannels(configuration, version);
        ending.ignoreSignalsWhile(agent::isFrozen);
        ending.closeFirst(agent);
        AgentLog.PROCESS.keepWhile(agent::isFrozen);
        if (Daemonization.isChild()) {
            Daemonization.releaseParent();
        }
        return new AgentRun(configuration, agent, ending);
    }

    private static void openLog(LaunchConfiguration configuration) throws IOException {
        if (configuration.isVerbose()) {
            AgentLog.PROCESS.logEverything();
        }
        try {
            if (configuration.logFile().isPresent()) {
                AgentLog.PROCESS.writeTo(configuration.logFile().get());
            }
        } catch (IOException e) {
            throw new IOException("unable to open specified log file: " + e + "\nerror initializing guest agent", e);
        }
        configuration.warnings().forEach(AgentLog.PROCESS::warning);
    }

    private static PidFile pidFile(Path path) throws IOException {
        try {
            return PidFile.acquire(path);
        } catch (IOException e) {
            throw new IOException("failed to create pidfile, another agent may run that has it: " + e.getMessage(), e);
        }
    }

    private static Agent openChannels(LaunchConfiguration configuration, String version) throws IOException {
        try {
            return Agent.open(configuration.agent(version));
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "\nfailed to create guest agent channel\nfailed to initialize guest agent channel", e);
        }
    }

    /** Starts the features and waits for the end of the main channel. Returns the exit status. */
    int serve(Features features, Path library) throws InterruptedException {
        startFeatures(features, library);
        agent.ready();
        warnOfUnknownNames();
        if (!agent.awaitEnd(SETTLING)) {
            settle();
            if (!agent.awaitEnd(Starts.TRIAL.minus(SETTLING))) {
                starts.succeeded();
                agent.awaitEnd();
            }
        }
        if (!ending.isBegun()) {
            AgentLog.PROCESS.critical("the main channel is broken; with --retry-path it would be opened again");
        }
        return 1;
    }

    /** Gives back the memory that only the start needed. */
    private static void settle() {
        System.gc();
        try {
            ResidentPages.release();
        } catch (IOException e) {
            System.getLogger(AgentRun.class.getName()).log(System.Logger.Level.DEBUG, "memory of the start is kept: {0}", e.getMessage());
        }
    }

    /** Without the framework, or without some bundle, the commands that are there are better than no agent. */
    private void startFeatures(Features features, Path library) {
        try {
            var framework = AgentFramework.open(agent, library, configuration.stateDirectory().resolve(STORAGE));
            ending.closeFirst(framework);
            framework.start(features.jars(configuration.features()));
            boolean safeMode = starts.begin();
            ending.closeFirst(starts::ended);
            BundleManagement.start(agent, framework.context(), configuration.bundles(configuration.bundleStore(), safeMode),
                    starts::forget);
        } catch (IOException | BundleException | RuntimeException e) {
            System.getLogger(AgentRun.class.getName()).log(System.Logger.Level.ERROR,
                    "the features can't be started, only the core's own commands are there: " + e, e);
        }
    }

    /** A name that is no command's is a policy that somebody believes in and that isn't in force. */
    private void warnOfUnknownNames() {
        var known = agent.commandNames();
        configuration.policyNames().forEach((key, names) -> {
            for (var name : names) {
                if (!known.contains(name)) {
                    AgentLog.PROCESS.warning(key + " names '" + name + "', which is no command of this agent"
                            + NearestName.hint(name, known));
                }
            }
        });
    }
}
