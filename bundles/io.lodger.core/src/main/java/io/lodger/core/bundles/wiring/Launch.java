package io.lodger.core.bundles.wiring;

import io.lodger.command.CommandException;
import io.lodger.core.bundles.wiring.Components.Promise;
import io.lodger.core.registry.CommandDescription;
import io.lodger.core.registry.CommandDescription.Origin;
import io.lodger.core.registry.CommandRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;

/** Starts bundles and waits until the commands that they promise are there. */
public final class Launch {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final InstalledBundles installed;
    private final CommandRegistry registry;

    public Launch(InstalledBundles installed, CommandRegistry registry) {
        this.installed = installed;
        this.registry = registry;
    }

    /** Starts bundles in their order, all of them or none: when it throws, some may be started still. */
    public void start(List<Bundle> bundles) throws CommandException, IOException, InterruptedException {
        var promises = new LinkedHashMap<Bundle, List<Promise>>();
        for (var bundle : bundles) {
            promises.put(bundle, Components.promises(bundle).stream().filter(Promise::expected).toList());
            installed.start(bundle);
        }
        for (var promised : promises.entrySet()) {
            await(promised.getKey(), promised.getValue());
            checkNotShadowed(promised.getKey());
        }
    }

    private void await(Bundle bundle, List<Promise> promises) throws CommandException, InterruptedException {
        var names = promises.stream().map(Promise::command).toList();
        if (registry.awaitServing(names, origin(bundle), Duration.ZERO)) {
            return;
        }
        for (var promise : promises) {
            var failure = failure(bundle, promise);
            if (failure.isPresent()) {
                throw failed(bundle, promise, failure.get());
            }
        }
        if (!registry.awaitServing(names, origin(bundle), PATIENCE)) {
            for (var promise : promises) {
                if (!registry.awaitServing(List.of(promise.command()), origin(bundle), Duration.ZERO)) {
                    throw failed(bundle, promise, failure(bundle, promise).or(() -> unsatisfied(bundle, promise))
                            .orElse("it was not there after " + PATIENCE.toSeconds() + " s"));
                }
            }
        }
    }

    /** Commands that came in another way than by a component description, and met one of the same name. */
    private void checkNotShadowed(Bundle bundle) throws CommandException {
        var shadowed = registry.shadowed(origin(bundle));
        if (shadowed.isPresent()) {
            throw new CommandException(InstalledBundles.name(bundle) + " is refused: it brings the command " + shadowed.get()
                    + ", which another bundle has");
        }
    }

    private static CommandException failed(Bundle bundle, Promise promise, String why) {
        return new CommandException("The command " + promise.command() + " of " + InstalledBundles.name(bundle) + " can't be served: "
                + why);
    }

    /** Why the class of a command is none, or why its component could not be made. */
    private Optional<String> failure(Bundle bundle, Promise promise) {
        try {
            CommandDescription.of(bundle.loadClass(promise.implementation()), origin(bundle));
        } catch (ClassNotFoundException e) {
            return Optional.of("its class " + promise.implementation() + " is missing");
        } catch (RuntimeException | LinkageError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
        return configurations(bundle, promise).filter(configuration -> configuration.failure != null)
                .map(configuration -> rootOf(configuration.failure));
    }

    private Optional<String> unsatisfied(Bundle bundle, Promise promise) {
        return configurations(bundle, promise)
                .filter(configuration -> configuration.unsatisfiedReferences != null && configuration.unsatisfiedReferences.length > 0)
                .map(configuration -> "nobody offers what its reference " + configuration.unsatisfiedReferences[0].name + " asks for");
    }

    private Optional<ComponentConfigurationDTO> configurations(Bundle bundle, Promise promise) {
        BundleContext context = installed.framework();
        var reference = context.getServiceReference(ServiceComponentRuntime.class);
        if (reference == null) {
            return Optional.empty();
        }
        try {
            var runtime = context.getService(reference);
            return runtime.getComponentDescriptionDTOs(bundle).stream()
                    .filter(description -> promise.implementation().equals(description.implementationClass))
                    .flatMap(description -> runtime.getComponentConfigurationDTOs(description).stream())
                    .findFirst();
        } finally {
            context.ungetService(reference);
        }
    }

    /** The last cause in a stack trace: {@code java.lang.IllegalStateException: the licence has run out}. */
    private static String rootOf(String stackTrace) {
        var lines = stackTrace.lines().filter(line -> !line.isBlank()).toList();
        var causes = new ArrayList<>(lines.stream().filter(line -> line.startsWith("Caused by: ")).toList());
        return causes.isEmpty() ? lines.get(0) : causes.get(causes.size() - 1).substring("Caused by: ".length());
    }

    private static Origin origin(Bundle bundle) {
        return new Origin(bundle.getSymbolicName(), bundle.getVersion().toString());
    }
}
