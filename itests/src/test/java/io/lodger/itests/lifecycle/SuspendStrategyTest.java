package io.lodger.itests.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lodger.itests.Host;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/** A strategy that another bundle knows, beside those that come with the power commands. Nothing is suspended. */
class SuspendStrategyTest {

    private static final String STRATEGY = "io.lodger.power.strategy.SuspendStrategy";

    @TempDir
    private Path folder;

    @Test
    void hasItsPlaceByItsRankingForAsLongAsItsServiceIsThere() throws Exception {
        try (var framework = new PlainFramework(folder, "power"); var host = new Host(framework.socket())) {
            host.ask("{'execute': 'guest-info'}");
            var first = register(framework, "first", 1000);
            var last = register(framework, "last", null);
            var names = names(host);
            assertEquals("first", names.get(0));
            assertEquals("last", names.get(names.size() - 1));
            first.unregister();
            last.unregister();
            names.removeAll(List.of("first", "last"));
            assertEquals(names, names(host));
        }
    }

    /** Registers a strategy that has the obstacle of being a test's. */
    private static ServiceRegistration<?> register(PlainFramework framework, String name, Integer ranking) throws ClassNotFoundException {
        var power = framework.bundles().stream().filter(bundle -> bundle.getSymbolicName().equals("io.lodger.power")).findFirst()
                .orElseThrow();
        var type = power.loadClass(STRATEGY);
        var strategy = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) ->
                switch (method.getName()) {
                    case "name" -> name;
                    case "obstacle" -> Optional.of("it is a test's");
                    case "hashCode" -> name.hashCode();
                    case "equals" -> proxy == arguments[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        Dictionary<String, Object> properties = new Hashtable<>();
        if (ranking != null) {
            properties.put(Constants.SERVICE_RANKING, ranking);
        }
        return framework.context().registerService(STRATEGY, strategy, properties);
    }

    /** The strategies that can't suspend to RAM, in their order, those of this machine among them. */
    private static List<String> names(Host host) throws IOException {
        JsonObject memory = JsonParser.parseString(host.ask("{'execute': 'lodger-suspend-capabilities'}")).getAsJsonObject()
                .getAsJsonObject("return").getAsJsonObject("mem");
        var names = new ArrayList<String>();
        memory.getAsJsonArray("obstacles").forEach(obstacle -> names.add(obstacle.getAsJsonObject().get("strategy").getAsString()));
        return names;
    }
}
