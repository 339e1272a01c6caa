package io.lodger.power.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where programs are looked for: on the agent's PATH, and then where distributions keep those of the administrator. */
public final class ProgramPath {

    /** An agent that an init system starts may have no sbin on its PATH; NixOS has everything in a place of its own. */
    private static final List<String> STANDARD = List.of("usr/local/sbin", "usr/local/bin", "usr/sbin", "usr/bin", "sbin", "bin",
            "run/current-system/sw/bin");

    private final List<Path> folders;

    /**
     * A path of its own.
     *
     * @param path folders separated by colons, as in the environment; those that aren't absolute are passed over
     * @param root what the standard folders are below
     */
    public ProgramPath(String path, Path root) {
        folders = Stream.concat(Stream.of(path.split(":")).filter(folder -> folder.startsWith("/")).map(Path::of),
                STANDARD.stream().map(root::resolve)).toList();
    }

    /** The path of this process. */
    public static ProgramPath ofEnvironment() {
        return new ProgramPath(Optional.ofNullable(System.getenv("PATH")).orElse(""), Path.of("/"));
    }

    /** The first program of this name that may be executed. */
    public Optional<Path> find(String name) {
        return folders.stream().map(folder -> folder.resolve(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file)).findFirst();
    }
}
