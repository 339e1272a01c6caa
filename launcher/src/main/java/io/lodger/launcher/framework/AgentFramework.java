package io.lodger.launcher.framework;

import io.lodger.core.Agent;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.service.log.LoggerFactory;

/** The OSGi framework of one agent. */
public final class AgentFramework implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(AgentFramework.class.getName());

    private final Felix framework;

    private AgentFramework(Felix framework) {
        this.framework = framework;
    }

    /**
     * Initializes a framework, empty but for the agent as a service, which the core's bundle asks for.
     *
     * @param library the folder with the jars of the bundles on the class path
     * @param storage where the framework keeps what is added to it; emptied here
     */
    public static AgentFramework open(Agent agent, Path library, Path storage) throws BundleException, IOException {
        var framework = new Felix(configuration(storage), new ClassPathConnector(library));
        framework.init();
        framework.getBundleContext().registerService(LoggerFactory.class, new BundleLog(), null);
        framework.getBundleContext().registerService(Agent.class, agent, null);
        return new AgentFramework(framework);
    }

    private static Map<String, Object> configuration(Path storage) throws IOException {
        var properties = new HashMap<String, Object>();
        properties.put(Constants.FRAMEWORK_STORAGE, storage.toString());
        properties.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES, systemPackages());
        properties.put("felix.service.urlhandlers", "false");
        properties.put("felix.bootdelegation.implicit", "false");
        properties.put("felix.resolver.parallelism", "1");
        properties.put("felix.log.level", String.valueOf(FrameworkLog.WARNING));
        properties.put("felix.log.logger", new FrameworkLog());
        properties.put("ds.cache.metadata", "true");
        properties.put("ds.delayed.keepInstances", "true");
        properties.put("ds.commands.enabled", "false");
        return properties;
    }

    /** A fixed list: the framework would ask every module of the JRE otherwise. */
    private static String systemPackages() throws IOException {
        try (InputStream list = AgentFramework.class.getResourceAsStream("system-packages.txt")) {
            return new String(list.readAllBytes(), StandardCharsets.US_ASCII).strip().replace('\n', ',');
        }
    }

    /** Installs the bundles in these jars and starts them in their order. One that fails is logged, and the others go on. */
    public void start(Collection<String> jars) throws BundleException {
        framework.start();
        var installed = new ArrayList<Bundle>();
        for (var jar : jars) {
            try {
                installed.add(framework.getBundleContext().installBundle(ClassPathConnector.location(jar)));
            } catch (BundleException | RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "bundle " + jar + " of the distribution can't be installed: " + e, e);
            }
        }
        for (var bundle : installed) {
            try {
                bundle.start();
            } catch (BundleException | RuntimeException e) {
                LOG.log(System.Logger.Level.ERROR, "bundle " + bundle + " can't be started: " + e, e);
            }
        }
    }

    /** The context of the framework's own bundle. */
    public BundleContext context() {
        return framework.getBundleContext();
    }

    /** Stops all bundles, and waits for it. */
    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
