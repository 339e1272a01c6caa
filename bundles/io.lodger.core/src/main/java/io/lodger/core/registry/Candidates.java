package io.lodger.core.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.osgi.framework.Version;

/**
 * The commands of one name. Where several bundles bring one, the one that came first serves it and the others wait for it to go; but
 * a higher version of the same bundle takes over at once. Not safe for use by several threads.
 */
final class Candidates {

    private final List<RegisteredCommand> commands = new ArrayList<>(1);

    /** Puts a command in its place, and says in the log who serves when there are several. */
    void add(RegisteredCommand command) {
        commands.add(placeOf(command.description().origin()), command);
        report();
    }

    private int placeOf(CommandDescription.Origin origin) {
        for (int i = 0; i < commands.size(); i++) {
            var other = commands.get(i).description().origin();
            if (other.bundle().equals(origin.bundle())
                    && Version.parseVersion(origin.version()).compareTo(Version.parseVersion(other.version())) > 0) {
                return i;
            }
        }
        return commands.size();
    }

    private void report() {
        var serving = first().description();
        for (var waiting : commands.subList(1, commands.size())) {
            var origin = waiting.description().origin();
            var level = origin.bundle().equals(serving.origin().bundle()) ? System.Logger.Level.INFO : System.Logger.Level.WARNING;
            log().log(level, "command {0} is in {1} {2} and in {3} {4}; the first serves it", serving.name(),
                    serving.origin().bundle(), serving.origin().version(), origin.bundle(), origin.version());
        }
    }

    /** Takes a command out; false when it wasn't among them. */
    boolean remove(RegisteredCommand command) {
        return commands.remove(command);
    }

    boolean isEmpty() {
        return commands.isEmpty();
    }

    /** The command before all others. There has to be one. */
    RegisteredCommand first() {
        return commands.get(0);
    }

    /** The first that lets calls in. */
    Optional<RegisteredCommand> open() {
        return commands.stream().filter(RegisteredCommand::isOpen).findFirst();
    }

    /** Those that come from this version of a bundle. */
    Stream<RegisteredCommand> of(CommandDescription.Origin origin) {
        return commands.stream().filter(command -> command.description().origin().equals(origin));
    }

    /** Looked up when there is something to say: finding the log opens every jar, and a host is waiting while the agent starts. */
    private static System.Logger log() {
        return System.getLogger(CommandRegistry.class.getName());
    }
}
