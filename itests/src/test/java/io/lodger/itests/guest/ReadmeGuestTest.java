package io.lodger.itests.guest;

import io.lodger.itests.vendor.ReadmeTest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From nothing to a command of one's own answering in a running guest, following the README alone. */
class ReadmeGuestTest {

    @TempDir
    private Path folder;

    @Test
    void everyLineOfTheReadmeWorksInAGuest() throws Exception {
        try (var lab = new GuestLab()) {
            lab.image(Image.TINY);
        }
        ReadmeTest.follow("--vm", folder, GuestMachine.BOOT.plus(Duration.ofMinutes(10)));
    }
}
