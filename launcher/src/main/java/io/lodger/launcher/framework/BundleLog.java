package io.lodger.launcher.framework;

import java.lang.System.Logger.Level;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.Bundle;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/**
 * Takes the warnings and errors of bundles into the agent's log (OSGi Compendium 101). It is by this way that the component runtime
 * says why a component can't be made.
 */
final class BundleLog implements LoggerFactory {

    /** Methods of a logger that write; their first argument is the text, with {} for arguments, and the last may be a Throwable. */
    private static final Map<String, Level> LEVELS = Map.of("warn", Level.WARNING, "error", Level.ERROR, "audit", Level.INFO);

    @Override
    public Logger getLogger(String name) {
        return getLogger(name, Logger.class);
    }

    @Override
    public Logger getLogger(Class<?> type) {
        return getLogger(type.getName(), Logger.class);
    }

    @Override
    public <L extends Logger> L getLogger(Class<?> type, Class<L> loggerType) {
        return getLogger(type.getName(), loggerType);
    }

    @Override
    public <L extends Logger> L getLogger(Bundle bundle, String name, Class<L> loggerType) {
        return getLogger(name, loggerType);
    }

    /** A proxy, because a logger has dozens of methods that differ in the number of their arguments. */
    @Override
    public <L extends Logger> L getLogger(String name, Class<L> loggerType) {
        return loggerType.cast(Proxy.newProxyInstance(BundleLog.class.getClassLoader(), new Class<?>[] {loggerType},
                (proxy, method, arguments) -> method.getName().equals("equals") ? proxy == arguments[0] : call(name, method.getName(), arguments)));
    }

    private static Object call(String name, String method, Object[] arguments) {
        switch (method) {
            case "getName", "toString":
                return name;
            case "hashCode":
                return name.hashCode();
            case "isErrorEnabled", "isWarnEnabled":
                return true;
            case "isInfoEnabled", "isDebugEnabled", "isTraceEnabled":
                return false;
            default:
                var level = LEVELS.get(method);
                if (level != null && arguments[0] instanceof String text) {
                    write(System.getLogger(name), level, text, arguments.length > 1 ? arguments : new Object[0]);
                }
                return null;
        }
    }

    private static void write(System.Logger log, Level level, String text, Object[] arguments) {
        Optional<Throwable> thrown = Optional.empty();
        var filled = new StringBuilder(text);
        for (int i = 1, from = 0; i < arguments.length; i++) {
            var values = arguments[i] instanceof Object[] several ? several : new Object[] {arguments[i]};
            for (var value : values) {
                int place = filled.indexOf("{}", from);
                if (place >= 0) {
                    filled.replace(place, place + 2, String.valueOf(value));
                    from = place + String.valueOf(value).length();
                } else if (value instanceof Throwable problem) {
                    thrown = Optional.of(problem);
                }
            }
        }
        log.log(level, filled.toString(), thrown.orElse(null));
    }
}
