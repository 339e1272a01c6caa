package com.example.suspend;

import io.lodger.power.strategy.SuspendStrategy;
import io.lodger.power.strategy.SuspendTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Leaves the suspending to a script of the image's owner. */
@Component(property = "service.ranking:Integer=1000")
public class ScriptStrategy implements SuspendStrategy {

    private final Path folder;

    @Activate
    public ScriptStrategy() {
        this(Path.of("/usr/local/libexec"));
    }

    /** For tests. */
    ScriptStrategy(Path folder) {
        this.folder = folder;
    }

    @Override
    public String name() {
        return "script";
    }

    @Override
    public Optional<String> obstacle(SuspendTarget target) {
        var script = script(target);
        return Files.isExecutable(script) ? Optional.empty() : Optional.of("there is no program " + script);
    }

    @Override
    public void suspend(SuspendTarget target) throws IOException, InterruptedException {
        var process = new ProcessBuilder(script(target).toString()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        try {
            var status = process.waitFor();
            if (status != 0) {
                throw new IOException(script(target) + " ended with status " + status);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private Path script(SuspendTarget target) {
        return folder.resolve("suspend-" + target.name().toLowerCase(Locale.ROOT));
    }
}
