package io.lodger.ctl.signature;

import io.lodger.ctl.verb.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The password of a key store: never on the command line, where every user of the machine could read it. */
final class Password {
    private static final String VARIABLE = "LODGER_STORE_PASSWORD";

    @Option(names = "--password-file", paramLabel = "FILE",
        description = "A file whose first line is the store's password. Without it: the environment variable " + VARIABLE
            + ".")
    private Path file;

    /** The password, asked for on the terminal if need be; empty if there is nobody to ask. */
    Optional<char[]> read(Path store) throws UsageException {
        var known = known();
        if (known.isPresent()) {
            return known.map(String::toCharArray);
        }
        var console = System.console();
        return console == null ? Optional.empty() : Optional.ofNullable(console.readPassword("Password of %s: ", store));
    }

    /** The password, if it was given. */
    Optional<String> known() throws UsageException {
        if (file == null) {
            return Optional.ofNullable(System.getenv(VARIABLE));
        }
        try (var lines = Files.lines(file)) {
            return Optional.of(lines.findFirst().orElse(""));
        } catch (IOException e) {
            throw new UsageException("cannot read the password from " + file + ": " + e.getMessage());
        }
    }
}
