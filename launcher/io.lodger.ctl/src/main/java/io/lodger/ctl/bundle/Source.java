package io.lodger.ctl.bundle;

import com.google.gson.JsonObject;
import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.text.Progress;
import io.lodger.ctl.verb.UsageException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Where a bundle comes from: one operand, or the option. */
final class Source {
    @Parameters(index = "0", arity = "0..1", paramLabel = "FILE",
        description = "The bundle's jar, or an archive of several with their feature.json, on this machine.")
    private Path file;

    @Option(names = "--guest-path", paramLabel = "PATH", description = "In place of FILE: it lies in the guest already, at this path.")
    private String guestPath;

    /** Has the agent carry out a command with the bundle, which replies what became of each one concerned. */
    List<BundleChange> change(Agent agent, Progress progress, String command)
            throws AgentErrorException, AgentUnavailableException, UsageException {
        var before = BundleFacts.of(agent);
        return BundleFacts.in(agent.call(command, arguments(agent, progress), true)).stream().map(bundle -> bundle.since(before)).toList();
    }

    /** The arguments for the agent; a file is brought there before. */
    private JsonObject arguments(Agent agent, Progress progress) throws AgentErrorException, AgentUnavailableException, UsageException {
        if ((file == null) == (guestPath == null)) {
            throw new UsageException("which bundle? give either FILE, on this machine, or --guest-path PATH");
        }
        var arguments = new JsonObject();
        if (file == null) {
            arguments.addProperty("path", guestPath);
        } else {
            arguments.addProperty("upload", new Upload(agent, file, progress).send());
        }
        return arguments;
    }
}
