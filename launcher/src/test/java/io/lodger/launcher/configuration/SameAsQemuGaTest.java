package io.lodger.launcher.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.lodger.launcher.configuration.QemuGa.Dump;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares what options and configuration files come to with the qemu-ga that is installed. */
@EnabledIf("io.lodger.launcher.configuration.QemuGa#isInstalled")
class SameAsQemuGaTest {

    @TempDir
    private Path scratch;

    /** Words with one space between them; ~ stands for an empty word. */
    @ParameterizedTest
    @ValueSource(strings = {
        "-v", "-x", "--nope", "--method", "-m", "-p", "--ver", "--verb", "--verbo", "--v", "--p=x", "--pa=x", "--pa x",
        "-vdr", "-dvr -r",
        "-vmunix-listen -p/x", "-vmunix-listen -p /x -t/y", "-F", "-F/a/b", "-F /a/b", "-vF", "-vF/a", "-Fv", "--fsfreeze-hook",
        "--fsfreeze-hook=/x", "--fsfreeze-hook=", "--fsfreeze-hook /x", "--fsf=/x", "foo bar", "foo -v bar", "-- -v",
        "-v -- -x", "-",
        "-b a,b -b c", "-b a,b,c --block-rpcs=d,e -bf", "--block-rpcs=a,,b", "-b a,", "-b ,a", "-b ,", "-b ~", "-b a;b",
        "-b ~ -b a",
        "--verbose=1", "--verbose=", "-m unix-listen", "-m unix-listen -p ~", "-m isa-serial", "-m isa-serial -p /dev/ttyS1",
        "-m vsock-listen", "-m vsock-listen -p 1:2", "-m virtio-serial", "-l /x", "-l ~", "-t rel", "-t ~", "-f ~",
        "-f /p -f /q",
        "-p a\\b", "-p a\tb", "-p \ta", "-p \u00fc", "-p a=b", "-p [general]", "-p #x", "-b a\\,b", "-l \u4e2d",
        "--blacklist=foo", "--blacklist", "--bl=foo", "--block", "--block a", "--retry", "--d", "--da", "--du",
        "--daemonize -m x -p y -m isa-serial",
        "--statedir=/s --pidfile=/p --logfile=/l --path=/x", "--method=isa-serial", "-m", "-rv --retry-path", "--log=/x",
        "--pid=/x",
        "-mvirtio-serial", "-p=/x", "-m=unix-listen -p/x -munix-listen", "-bhelpx", "-b guest-ping", "--he=1", "--version=1"
    })
    void readsTheSameOptions(String line) throws Exception {
        var words = line.split(" ");
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i].equals("~") ? "" : words[i];
        }
        assertSame(Optional.empty(), words);
    }

    /** Lines end with a bar. */
    @ParameterizedTest
    @ValueSource(strings = {
        "", "|", "# c||  [general]| method = unix-listen|\tpath\t=\t/x y \\n||", "[general]|path=a\\sb\\tc\\nd\\re\\\\f|",
        "[general]|path=\\q|",
        "[general]|path=a\\;b;c|", "[general]|path=abc\\|", "[general]|path=a;b;c|", "[general]|verbose=TRUE|",
        "[general]|verbose=1|",
        "[general]|verbose=true  |", "[general]|verbose=true\t|", "[general]|verbose=true x|", "[general]|verbose=|",
        "[general]|verbose= false|daemon=0|", "method=x|", "[general]|foo|", "[general]|=x|", "[general|path=x|",
        "[general] trailing|path=x|",
        "[general] \t|path=x|", "[general]|[general]|path=x|", "[general]|path=x|[other]|path=z|[general]|path=y|retry-path=1|",
        "[general]|path[de]=x|path=/y|", "[general]|path=/y|path[de]=x|",
        "[general]\r|method=isa-serial\r|path=/x\r|verbose=true\r|",
        "[general]|path=\u00fc|", "[general]|;comment|path=x|", "[general]| //c|path=x|", "[]|path=x|",
        "[gen\u0001eral]|path=x|", "[gen[eral]|",
        "[general]|block-rpcs=a;b, c|", "[general]|block-rpcs=|", "[general]|blacklist=a,b|",
        "[general]|block-rpcs=a,b|block-rpcs=c|",
        "[general]|path=a|path=b|", "[general]|daemonize=true|foo=1|", "[General]|path=a|", "[general]|Path=a|",
        "[general]|fsfreeze-hook=/a|",
        "[general]|fsfreeze-hook=|", "[general]|logfile=/l|pidfile=/p|statedir=/s|retry-path=true|daemon=true|",
        "[general]|ke y=v|",
        "[general]| key with  =v|", "[general]|path =v # not comment|", "[general]|#path=v| # path=w|", "[x]|",
        "[general]|path= \\ta|",
        "[general]|path=\\s lead|", "[general]|path=a\\x41|", "\ufeff[general]|path=a|", "[general]|path=a|[bad|",
        "[general]x]|path=a|",
        "[general\\sx]|path=a|", "[general]|path-=a|m@=2|", "[general]|m[=1|", "[general]|m]=1|", "[general]|m[a]x=1|",
        "[general]|block-rpcs=a\\,b|", "[general]|verbose=false;|", "[general]|verbose=\\strue|", "[general]|path=",
        "[general]|path=x",
        "[general]|path=a=b=c|", "[general]|method=unix-listen|", "[general]|method=isa-serial|", "[general]|  |\t|path=x|",
        "[a]|[b]|c=d|",
        "[general]|path=|", "[general]|statedir= |", "[general]|retry-path=yes|", "[other]|verbose=nonsense|",
        "[general]|unknown=\\q|"
    })
    void readsTheSameFiles(String lines) throws Exception {
        assertSame(file(lines));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-v", "-b c,d -b e", "-p /other -b a", "-m isa-serial", "-d -t /s", "-F", "--blacklist=z", "-x"})
    void letsOptionsGoBeforeTheFileAndJoinsTheLists(String line) throws Exception {
        assertSame(file("[general]|verbose=0|block-rpcs=a,b|path=/x|daemon=false|statedir=/t|fsfreeze-hook=/h|"), line.split(" "));
    }

    private Optional<Path> file(String lines) throws IOException {
        var file = scratch.resolve("any.conf");
        return Optional.of(Files.writeString(file, lines.replace('|', '\n')));
    }

    private static final String LODGERS_OWN =
            "allow-rpcs|features|sync-grace|workers|require-signature|trust-store|trust-store-password|deny-list";

    private static void assertSame(Optional<Path> file, String... words) throws Exception {
        assertEquals(QemuGa.dump(file, words), dump(file, words));
    }

    /** What Lodger makes of it, without the keys that qemu-ga 7.2 doesn't have. */
    private static Dump dump(Optional<Path> file, String... words) {
        try {
            var configuration = LaunchConfiguration.of(Options.parse(words), Map.of("QGA_CONF", file.map(Path::toString).orElse("")));
            var text = configuration.settings().dump();
            return new Dump(0, text.lines().filter(line -> !line.matches("(" + LODGERS_OWN + ")=.*"))
                    .collect(Collectors.joining("\n", "", "\n")));
        } catch (ConfigurationException e) {
            return new Dump(1, QemuGa.complaint(e.getMessage()).replaceFirst("; did you mean .*", ""));
        }
    }
}
