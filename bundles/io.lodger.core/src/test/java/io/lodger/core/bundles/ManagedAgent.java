package io.lodger.core.bundles;

import io.lodger.core.AgentUnderTest;
import io.lodger.core.BundleConfiguration;
import io.lodger.core.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** An agent with the commands that manage bundles, in a framework without a component runtime. */
public final class ManagedAgent implements AutoCloseable {

    private final Path folder;
    private final Framework framework;
    private final AgentUnderTest agent;
    private final Host host;

    private ManagedAgent(Path folder, Path... features) throws Exception {
        this.folder = folder;
        framework = new FrameworkFactory().newFramework(Map.of(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString(),
                Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT));
        framework.start();
        for (var feature : features) {
            framework.getBundleContext().installBundle(feature.toUri().toString()).start();
        }
        agent = AgentUnderTest.in(folder).channels(2).start();
        host = agent.connect();
    }

    /** An agent that accepts unsigned bundles; the features' bundles are in these jars. */
    public static ManagedAgent start(Path folder, Path... features) throws Exception {
        return start(folder, configuration(folder, false), features);
    }

    static ManagedAgent start(Path folder, BundleConfiguration configuration, Path... features) throws Exception {
        var managed = new ManagedAgent(folder, features);
        BundleManagement.start(managed.agent.agent(), managed.framework.getBundleContext(), configuration, () -> { });
        return managed;
    }

    static BundleConfiguration configuration(Path folder, boolean safeMode, String... channels) {
        var store = folder.resolve("store");
        return new BundleConfiguration(store, false, folder.resolve("trust.p12"), "", folder.resolve("deny.list"),
                channels.length == 0 ? Optional.empty() : Optional.of(List.of(channels)), store.resolve("audit.log"), safeMode);
    }

    AgentUnderTest agent() {
        return agent;
    }

    BundleContext context() {
        return framework.getBundleContext();
    }

    /** Asks by the first channel. */
    public String ask(String command, String arguments) throws IOException {
        return host.send("{\"execute\": \"" + command + "\", \"arguments\": {" + arguments + "}}").line();
    }

    String install(Path jar) throws IOException {
        return ask("lodger-bundle-install", "\"path\": \"" + jar + "\"");
    }

    String update(Path jar) throws IOException {
        return ask("lodger-bundle-update", "\"path\": \"" + jar + "\"");
    }

    /** A command that takes a symbolic name. */
    String named(String command, String symbolicName) throws IOException {
        return ask(command, "\"symbolic-name\": \"" + symbolicName + "\"");
    }

    String list() throws IOException {
        return ask("lodger-bundle-list", "");
    }

    /** Ends it and starts it again. */
    ManagedAgent restarted(Path... features) throws Exception {
        close();
        return start(folder, features);
    }

    @Override
    public void close() throws BundleException, InterruptedException, IOException {
        host.close();
        agent.close();
        framework.stop();
        framework.waitForStop(0);
    }
}
