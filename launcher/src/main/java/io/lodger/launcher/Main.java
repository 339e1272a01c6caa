package io.lodger.launcher;

import io.lodger.core.Agent;
import io.lodger.core.Rehearsal;
import io.lodger.core.bundles.BundleManagement;
import io.lodger.launcher.configuration.ConfigurationException;
import io.lodger.launcher.configuration.LaunchConfiguration;
import io.lodger.launcher.configuration.Options;
import io.lodger.launcher.framework.AgentFramework;
import io.lodger.launcher.framework.Features;
import io.lodger.launcher.log.AgentLog;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.osgi.framework.BundleException;

/** The entry point of {@code lodger}. */
public final class Main {

    /** The system property with the folder of the distribution, which {@code bin/lodger} sets. */
    private static final String HOME = "lodger.home";

    private final Path home;
    private final Ending ending;

    private Main(Path home, Ending ending) {
        this.home = home;
        this.ending = ending;
    }

    public static void main(String... words) throws InterruptedException, BundleException {
        // Whatever happens from here on: a signal is a wish to end, and has the exit status of one.
        var ending = new Ending();
        ending.onSignals();
        prepare();
        try {
            ending.end(new Main(Path.of(System.getProperty(HOME)), ending).run(Options.parse(words)));
        } catch (ConfigurationException e) {
            System.err.println("lodger: " + e.getMessage());
        } catch (IOException e) {
            e.getMessage().lines().forEach(AgentLog.PROCESS::critical);
        }
        ending.end(1);
    }

    /**
     * Gets ready what the first answer needs, on the machine's other core, while the configuration is read here: the JDK's first Unix
     * socket takes a while, for it makes a random number generator too, and so does the first request.
     */
    private static void prepare() {
        var preparation = new Thread(() -> {
            try {
                ServerSocketChannel.open(StandardProtocolFamily.UNIX).close();
                Rehearsal.perform();
            } catch (IOException | InterruptedException e) {
                // Whoever needs what failed here will say what is wrong with it.
            }
        }, "preparation");
        preparation.setDaemon(true);
        preparation.start();
    }

    private int run(Options options) throws ConfigurationException, IOException, InterruptedException, BundleException {
        switch (options.action()) {
            case HELP -> print(help());
            case VERSION -> print("Lodger " + version() + "\n");
            case DUMP -> print(LaunchConfiguration.of(options, System.getenv()).settings().dump());
            case LIST_COMMANDS -> print(commands(LaunchConfiguration.of(options, System.getenv()).withoutChannels()));
            case RUN -> {
                return runAgent(LaunchConfiguration.of(options, System.getenv()));
            }
        }
        return 0;
    }

    private int runAgent(LaunchConfiguration configuration) throws ConfigurationException, IOException, InterruptedException {
        var features = features(configuration);
        JnaLibrary.announce(library());
        return configuration.isDaemon() && !Daemonization.isChild()
                ? Daemonization.startChild()
                : AgentRun.start(configuration, version(), ending).serve(features, library());
    }

    /** The names of all commands, one per line, found by starting the features without a channel. */
    private String commands(LaunchConfiguration configuration)
            throws ConfigurationException, IOException, InterruptedException, BundleException {
        var features = features(configuration);
        JnaLibrary.announce(library());
        var storage = Files.createTempDirectory("lodger");
        try (var agent = Agent.open(configuration.agent(version()));
                var framework = AgentFramework.open(agent, library(), storage)) {
            framework.start(features.jars(configuration.features()));
            BundleManagement.start(agent, framework.context(), configuration.bundles(storage.resolve("bundles"), true), () -> { });
            return String.join("\n", agent.commandNames().stream().sorted().toList()) + '\n';
        } finally {
            delete(storage);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var contents = Files.walk(folder)) {
            for (var path : contents.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private Features features(LaunchConfiguration configuration) throws ConfigurationException {
        var features = new Features(home.resolve("features"));
        features.require(configuration.features());
        return features;
    }

    private Path library() {
        return home.resolve("lib");
    }

    private static String version() {
        return Main.class.getPackage().getImplementationVersion();
    }

    private static String help() throws IOException {
        try (var text = Main.class.getResourceAsStream("help.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void print(String text) {
        System.out.print(text);
        System.out.flush();
    }
}
