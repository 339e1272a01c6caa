package io.lodger.core.registry;

import io.lodger.command.Command;
import io.lodger.command.FrozenState;
import io.lodger.core.Agent;
import io.lodger.core.FrameworkProperties;
import io.lodger.core.registry.CommandDescription.Origin;
import io.lodger.core.registry.RegisteredCommand.Handling;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Brings the {@link Command} services of all bundles to the agent, and takes them away from it when they go. */
@Component(service = {}, immediate = true)
@Capability(namespace = "osgi.implementation", name = "io.lodger.command", version = "1.0")
public final class CommandWhiteboard {

    private final Agent agent;
    private final Optional<Agent> own;
    private final ServiceRegistration<FrozenState> frozenState;
    private final Map<ServiceReference<?>, RegisteredCommand> registered = new ConcurrentHashMap<>();

    /**
     * Serves the launcher's agent; in a framework that somebody else started, an agent of its own that the framework's properties
     * describe ({@link FrameworkProperties}).
     */
    @Activate
    public CommandWhiteboard(BundleContext context, @Reference(cardinality = ReferenceCardinality.OPTIONAL) Agent launched)
            throws IOException {
        own = launched == null ? Optional.of(Agent.open(FrameworkProperties.configuration(context))) : Optional.empty();
        agent = own.orElse(launched);
        own.ifPresent(Agent::ready);
        frozenState = context.registerService(FrozenState.class, agent.frozenState(), null);
    }

    @Deactivate
    void deactivate() {
        frozenState.unregister();
        own.ifPresent(Agent::close);
    }

    @Reference(
            cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bind(Command<?, ?> command, ServiceReference<?> reference) {
        var bundle = reference.getBundle();
        try {
            var origin = new Origin(bundle.getSymbolicName(), bundle.getVersion().toString());
            var description = CommandDescription.of(command.getClass(), origin);
            registered.put(reference, agent.registry().add(description, command, Handling.WORKER));
        } catch (RuntimeException | LinkageError e) {
            // One bad command must not keep the others of its bundle, or other bundles, from being served.
            log().log(System.Logger.Level.ERROR, "{0} {1} brings a command that can''t be served, {2}: {3}",
                    bundle.getSymbolicName(), bundle.getVersion(), command.getClass().getName(), e);
        }
    }

    void unbind(ServiceReference<?> reference) {
        var command = registered.remove(reference);
        if (command != null) {
            agent.registry().remove(command);
        }
    }

    /** Looked up when there is something to say: finding the log opens every jar, and a host is waiting while the agent starts. */
    private static System.Logger log() {
        return System.getLogger(CommandWhiteboard.class.getName());
    }
}
