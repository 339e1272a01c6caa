package io.lodger.core;

import io.lodger.core.ChannelConfiguration.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.osgi.framework.BundleContext;

/**
 * The configuration of an agent in a framework that the launcher didn't start: {@code lodger.method} and {@code lodger.path} for
 * its one channel, and {@code lodger.statedir}. Which bundles there are is for whoever started it: this agent manages none.
 */
public final class FrameworkProperties {

    private FrameworkProperties() {
    }

    /**
     * Reads the configuration.
     *
     * @throws IllegalArgumentException when a property that is needed is missing or wrong; the message names it
     */
    public static AgentConfiguration configuration(BundleContext context) {
        var channel = new ChannelConfiguration("main", method(required(context, "lodger.method")), required(context, "lodger.path"));
        return new AgentConfiguration(context.getBundle().getVersion().toString(), List.of(channel), false,
                Path.of(required(context, "lodger.statedir")), Optional.empty(), List.of(), Duration.ofSeconds(2), 8);
    }

    private static Method method(String name) {
        return Arrays.stream(Method.values())
                .filter(method -> name.equals(method.name().toLowerCase(Locale.ROOT).replace('_', '-')))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Framework property lodger.method is '" + name + "', which is none of "
                        + "virtio-serial, isa-serial, unix-listen, vsock-listen and inherited-socket"));
    }

    private static String required(BundleContext context, String name) {
        var value = context.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("Framework property " + name + " is missing");
        }
        return value;
    }
}
