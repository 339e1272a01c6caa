package io.lodger.launcher.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.core.ChannelConfiguration;
import io.lodger.core.ChannelConfiguration.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchConfigurationTest {

    private static final Map<String, String> NOTHING = Map.of("QGA_CONF", "");

    @TempDir
    private Path scratch;

    @Test
    void hasQemuGasDefaultsWhenNothingIsSaid() throws ConfigurationException {
        var agent = of(NOTHING).agent("1.2");
        var main = new ChannelConfiguration("main", Method.VIRTIO_SERIAL, "/dev/virtio-ports/org.qemu.guest_agent.0");
        assertEquals(List.of(main), agent.channels());
        assertEquals(Path.of("/var/run"), agent.stateDirectory());
        assertEquals(Optional.empty(), agent.allowed());
        assertEquals(Duration.ofSeconds(2), agent.syncGrace());
        assertTrue(of(NOTHING).bundles(Path.of("/store"), false).requireSignature());
    }

    @Test
    void keepsAddedBundlesInTheStateDirectoryUnlessToldOtherwise() throws Exception {
        var nothing = of(NOTHING, "-t", "/state");
        assertEquals(Path.of("/state/lodger.bundles"), nothing.bundleStore());
        var bundles = nothing.bundles(nothing.bundleStore(), false);
        assertEquals(Path.of("/state/lodger.bundles/audit.log"), bundles.auditLog());
        assertEquals(Path.of("/etc/lodger/trust.p12"), bundles.trustStore());
        assertEquals(Optional.empty(), bundles.channels());
        write("lodger.conf", "[general]", "bundle-store=/kept", "audit-log=/log", "manage-channels=main, one", "[channel one]",
                "method=unix-listen", "path=/one");
        var told = of(NOTHING, "-c", scratch.resolve("lodger.conf").toString());
        assertEquals(Path.of("/kept"), told.bundleStore());
        assertEquals(Path.of("/log"), told.bundles(told.bundleStore(), false).auditLog());
        assertEquals(Optional.of(List.of("main", "one")), told.bundles(told.bundleStore(), false).channels());
    }

    @Test
    void namesAManagingChannelThatIsNone() throws Exception {
        write("lodger.conf", "[general]", "manage-channels=mian");
        var e = assertThrows(ConfigurationException.class, () -> of(NOTHING, "-c", scratch.resolve("lodger.conf").toString()));
        assertEquals("manage-channels names 'mian', the channels are main; did you mean 'main'?", e.getMessage());
    }

    @Test
    void readsFurtherChannels() throws Exception {
        write("lodger.conf", "[general]", "method=isa-serial", "[channel one]", "method=unix-listen", "path=/one", "[channel two]",
                "method=vsock-listen", "path=3:4");
        assertEquals(
                List.of(new ChannelConfiguration("main", Method.ISA_SERIAL, "/dev/ttyS0"),
                        new ChannelConfiguration("one", Method.UNIX_LISTEN, "/one"),
                        new ChannelConfiguration("two", Method.VSOCK_LISTEN, "3:4")),
                of(NOTHING, "-c", scratch.resolve("lodger.conf").toString()).channels());
    }

    @Test
    void understandsItsOwnDump() throws Exception {
        write("lodger.conf", "[general]", "path=\\s/with space\\\\", "workers=3", "allow-rpcs=a,b", "require-signature=0", "[channel x]",
                "method=unix-listen", "path=/x");
        var first = of(NOTHING, "-c", scratch.resolve("lodger.conf").toString(), "-a", "c");
        Files.writeString(scratch.resolve("dump.conf"), first.settings().dump());
        var second = of(NOTHING, "-c", scratch.resolve("dump.conf").toString());
        assertEquals(first.channels(), second.channels());
        assertEquals(List.of("b", "a", "c"), second.settings().list(Key.ALLOW_RPCS));
        assertEquals(3, second.agent("").workers());
    }

    @ParameterizedTest
    @CsvSource({
        "general, retrypath, unknown key 'retrypath' in [general]; did you mean 'retry-path'?",
        "general, daemonize, unknown key 'daemonize' in [general]",
        "generl, path, 'unknown group [generl], known are [general] and [channel NAME]; did you mean ''general''?'",
        "channel x, methd, unknown key 'methd' in [channel x]; did you mean 'method'?",
        "channel x, path, 'channel ''x'' needs both, a method and a path'",
        "general, workers, 'key ''workers'' has the value ''v'', which is no whole number from 1 to 99999'",
        "general, method, 'unknown method ''v'''"
    })
    void saysWhatIsWrongInLodgersOwnFile(String group, String key, String complaint) throws Exception {
        write("lodger.conf", "[" + group + "]", key + "=v");
        var e = assertThrows(ConfigurationException.class, () -> of(Map.of("LODGER_CONF", scratch.resolve("lodger.conf").toString())));
        assertTrue(e.getMessage().contains(complaint), e.getMessage());
    }

    @Test
    void onlyWarnsOfWhatIsUnknownInAFileOfQemuGas() throws Exception {
        write("qemu-ga.conf", "[general]", "daemonize=true", "block-rpc=guest-exec", "[other]", "x=y");
        var path = scratch.resolve("qemu-ga.conf").toString();
        var expected = List.of("ignored unknown key 'daemonize' in [general]; did you mean 'daemon'?",
                "ignored unknown key 'block-rpc' in [general]; did you mean "
                + "'block-rpcs'?", "ignored unknown group [other], known are [general] and [channel NAME]");
        assertEquals(expected, of(Map.of("QGA_CONF", path)).warnings());
        assertEquals(expected, of(NOTHING, "-c", path).warnings());
    }

    @Test
    void wantsAFileThatIsAskedForToBeThere() {
        var e = assertThrows(ConfigurationException.class, () -> of(NOTHING, "-c", scratch.resolve("none").toString()));
        assertTrue(e.getMessage().contains("there is no such file"), e.getMessage());
    }

    @Test
    void warnsOfAnArgumentThatIsNotGluedToItsOption() throws ConfigurationException {
        assertEquals(List.of("ignored argument '/hook'; an argument of -F is to be glued to it, as in -F/path"),
                of(NOTHING, "-F", "/hook").warnings());
    }

    @Test
    void takesOverTheOneSocketThatSystemdHandsToIt() throws ConfigurationException {
        var handedOver = Map.of("QGA_CONF", "", "LISTEN_FDS", "1", "LISTEN_PID", String.valueOf(ProcessHandle.current().pid()));
        assertEquals(List.of(new ChannelConfiguration("main", Method.INHERITED_SOCKET, "3")),
                of(handedOver, "-m", "unix-listen", "-p", "/x").channels());
    }

    @Test
    void leavesSocketsAloneThatWereHandedToAnotherProcess() throws ConfigurationException {
        var others = Map.of("QGA_CONF", "", "LISTEN_FDS", "1", "LISTEN_PID", "1");
        assertEquals(Method.ISA_SERIAL, of(others, "-m", "isa-serial").channels().get(0).method());
    }

    @Test
    void refusesMoreThanOneSocketFromSystemd() {
        var two = Map.of("QGA_CONF", "", "LISTEN_FDS", "2", "LISTEN_PID", String.valueOf(ProcessHandle.current().pid()));
        var e = assertThrows(ConfigurationException.class, () -> of(two));
        assertEquals("lodger only supports listening on one socket, LISTEN_FDS is 2", e.getMessage());
    }

    private static LaunchConfiguration of(Map<String, String> environment, String... words) throws ConfigurationException {
        return LaunchConfiguration.of(Options.parse(words), environment);
    }

    private void write(String name, String... lines) throws IOException {
        Files.write(scratch.resolve(name), List.of(lines));
    }
}
