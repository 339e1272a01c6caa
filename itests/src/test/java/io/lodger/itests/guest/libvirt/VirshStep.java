package io.lodger.itests.guest.libvirt;

import com.google.gson.JsonParser;
import io.lodger.itests.Distribution;
import io.lodger.itests.guest.libvirt.LibvirtSession.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A line of {@code itests/libvirt/virsh.table}.
 *
 * @param arguments virsh's, with DOMAIN for the name of the domain
 * @param needs the agent's commands without which libvirt can't take the step
 * @param differs what of the output may differ between any two machines; the digit 0 takes its place
 * @param await what the output has to match before the step is over
 * @param spoilt what of virsh's errors shows that qemu-ga did the work and reported a failure; Lodger has to report none then
 */
record VirshStep(String arguments, List<String> needs, Optional<Pattern> differs, Optional<Pattern> await, Optional<Pattern> spoilt) {

    /** All steps, in their order. */
    static List<VirshStep> table() throws IOException {
        return Files.readAllLines(Distribution.checkout().resolve("itests/libvirt/virsh.table")).stream()
                .filter(line -> !line.startsWith("#")).map(VirshStep::of).toList();
    }

    private static VirshStep of(String line) {
        var columns = line.split(" \\| ");
        return new VirshStep(columns[0], List.of(columns[1].split(" ")), option("differs", columns), option("await", columns),
                option("spoilt", columns));
    }

    private static Optional<Pattern> option(String name, String[] columns) {
        return Stream.of(columns).skip(2).filter(column -> column.startsWith(name + " "))
                .map(column -> Pattern.compile(column.substring(name.length() + 1))).findFirst();
    }

    /** The arguments for this domain. JSON is one argument, and holds no space. */
    List<String> arguments(String domain) {
        return List.of(arguments.replace("DOMAIN", domain).split(" "));
    }

    /** Whether qemu-ga reported a failure of what it had done. */
    boolean isSpoilt(Outcome ofQemuGa) {
        return spoilt.isPresent() && spoilt.get().matcher(ofQemuGa.errors()).find();
    }

    /** What is the same for any two domains whose agents say the same: JSON as a tree, where the order of members means nothing. */
    Object comparable(Outcome outcome, String domain) {
        var output = outcome.output().replace(domain, "DOMAIN");
        if (differs.isPresent()) {
            output = differs.get().matcher(output).replaceAll("0");
        }
        return List.of(outcome.status(), output.startsWith("{") ? JsonParser.parseString(output) : output,
                outcome.errors().replace(domain, "DOMAIN"));
    }
}
