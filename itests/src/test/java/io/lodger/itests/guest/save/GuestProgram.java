package io.lodger.itests.guest.save;

import io.lodger.itests.Await;
import java.nio.file.Files;
import java.nio.file.Path;

/** Programs in C for guests. */
final class GuestProgram {

    private GuestProgram() {
    }

    /** Compiles one, static, because the guest's libraries needn't be this machine's. */
    static Path build(String name, Path folder) throws Exception {
        var source = folder.resolve(name + ".c");
        try (var resource = GuestProgram.class.getResourceAsStream("/guest/" + name + ".c")) {
            Files.write(source, resource.readAllBytes());
        }
        var program = folder.resolve(name);
        Await.success(new ProcessBuilder("gcc", "-g", "-static", "-pthread", "-o", program.toString(), source.toString()));
        return program;
    }
}
