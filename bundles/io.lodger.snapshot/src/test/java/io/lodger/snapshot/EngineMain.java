package io.lodger.snapshot;

import io.lodger.posix.Signals;
import io.lodger.snapshot.capture.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What the save helper is in earnest: a process that hosts the engine. Arguments: the process id, the image's path, how many images to
 * take, an accident, and options as {@code name=value}. The accident is {@code -}, or {@code helper:} or {@code target:} and the stage
 * at which that is killed. Prints the facts of each image, a name and value a line, then an empty line; or complains and ends with a
 * status of its own.
 */
final class EngineMain {

    /** The exit status when an image could not be taken. */
    static final int FAILED = 3;
    private static final int FIRST_OPTION = 4;

    private EngineMain() {
    }

    public static void main(String... arguments) {
        var options = new HashMap<String, String>();
        for (int i = FIRST_OPTION; i < arguments.length; i++) {
            int equals = arguments[i].indexOf('=');
            options.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
        }
        int images = Integer.parseInt(arguments[2]);
        var engine = new ForkEngine("amd64", accident(arguments[3], arguments[0]));
        for (int i = 0; i < images; i++) {
            var path = Path.of(images == 1 ? arguments[1] : arguments[1] + "." + i);
            try (var session = new FileSession(path)) {
                var facts = new TreeMap<>(engine.save(arguments[0], options, session));
                facts.put("calls", String.join(" ", session.calls()));
                facts.forEach((name, value) -> System.out.println(name + "=" + value));
                System.out.println();
            } catch (Exception e) {
                System.err.println(e.getMessage());
                System.exit(FAILED);
            }
        }
    }

    private static Consumer<Stage> accident(String accident, String target) {
        int colon = accident.indexOf(':');
        if (colon < 0) {
            return stage -> { };
        }
        long victim = accident.startsWith("helper") ? ProcessHandle.current().pid() : Long.parseLong(target);
        return stage -> {
            if (stage.name().equals(accident.substring(colon + 1))) {
                kill(victim);
            }
        };
    }

    private static void kill(long victim) {
        try {
            Signals.kill((int) victim, Signals.SIGKILL);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
