package io.lodger.itests.vendor;

import io.lodger.itests.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * What the README tells a command's author to type.
 *
 * @param first the line that opens a shell beside an agent
 * @param script what is typed into that
 * @param said what the README shows of what is answered then
 */
public record Readme(String first, String script, List<String> said) {

    private static final String FENCE = "```";

    /** Reads the section. */
    public static Readme read() throws IOException {
        var text = Files.readString(Distribution.checkout().resolve("README.md"));
        var start = text.indexOf("## Write a command in five minutes\n");
        var section = text.substring(start, text.indexOf("\n## ", start));
        var typed = new ArrayList<String>();
        var said = new ArrayList<String>();
        var parts = section.split("\n" + FENCE);
        for (int i = 1; i < parts.length; i += 2) {
            var body = parts[i].substring(parts[i].indexOf('\n') + 1);
            if (parts[i].startsWith("sh\n")) {
                typed.add(body);
            } else if (parts[i].startsWith("\n")) {
                said.addAll(body.lines().toList());
            }
        }
        return new Readme(typed.get(0), String.join("\n", typed.subList(1, typed.size())) + "\n", said);
    }
}
