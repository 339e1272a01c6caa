package io.lodger.launcher.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.launcher.configuration.Options.Action;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @ParameterizedTest
    @CsvSource({
        "--methd=x, --method", "--block-rpc-s, --block-rpcs", "--logfiel, --logfile", "--retrypath, --retry-path", "--vebrose, --verbose"
    })
    void namesTheNearestOptionWhenOneIsUnknown(String written, String meant) {
        var complaint = complaint(written);
        assertTrue(complaint.contains("unrecognized option '" + written + "'; did you mean '" + meant + "'?"), complaint);
    }

    @Test
    void namesTheLetterOfTheOtherCase() {
        assertTrue(complaint("-R").startsWith("invalid option -- 'R'; did you mean '-r'?"));
    }

    @Test
    void offersNothingForAnOptionThatIsLikeNone() {
        assertTrue(complaint("--frobnicate").startsWith("unrecognized option '--frobnicate'\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "-h, HELP", "--help, HELP", "-V, VERSION", "-D, DUMP", "-vD, DUMP", "-b?, LIST_COMMANDS", "--block-rpcs=help, LIST_COMMANDS",
        "-ahelp, LIST_COMMANDS", "--allow=?, LIST_COMMANDS", "-v, RUN"
    })
    void seesWhatIsAskedFor(String word, Action action) throws ConfigurationException {
        assertEquals(action, Options.parse(word).action());
    }

    @Test
    void stopsReadingAtTheFirstOptionThatPrintsATextAndEnds() throws ConfigurationException {
        assertEquals(Action.HELP, Options.parse("-h", "--nope").action());
        assertEquals(Action.VERSION, Options.parse("-V", "-bhelp").action());
        assertEquals(Action.LIST_COMMANDS, Options.parse("-D", "-b", "a", "-b", "help", "-V").action());
    }

    @Test
    void keepsAllowedAndBlockedCommandsApart() throws ConfigurationException {
        var settings = Options.parse("-a", "guest-ping,guest-info", "--allow-rpcs=guest-sync", "-b", "guest-info").settings();
        assertEquals(List.of("guest-ping", "guest-info", "guest-sync"), settings.list(Key.ALLOW_RPCS));
        assertEquals(List.of("guest-info"), settings.list(Key.BLOCK_RPCS));
    }

    @Test
    void remembersTheFileAndTheWordsThatAreNoOptions() throws ConfigurationException {
        var options = Options.parse("-F", "/hook", "-c", "a.conf", "--config=b.conf");
        assertEquals(Optional.of("b.conf"), options.file());
        assertEquals(List.of("/hook"), options.ignored());
    }

    private static String complaint(String... words) {
        return assertThrows(ConfigurationException.class, () -> Options.parse(words)).getMessage();
    }
}
