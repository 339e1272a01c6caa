package io.lodger.launcher.configuration;

import io.lodger.core.AgentConfiguration;
import io.lodger.core.BundleConfiguration;
import io.lodger.core.ChannelConfiguration;
import io.lodger.core.ChannelConfiguration.Method;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the agent is to run, from options, configuration file and environment.
 *
 * @param settings what options and file say
 * @param channels the channels to open, the main one first
 * @param warnings what is odd in what was said
 */
public record LaunchConfiguration(Settings settings, List<ChannelConfiguration> channels, List<String> warnings) {

    /** What the main channel is called. */
    public static final String MAIN = "main";

    /** Below the state directory: where added bundles are kept unless the configuration says otherwise. */
    private static final String BUNDLE_STORE = "lodger.bundles";

    /** The first descriptor that systemd hands over (sd_listen_fds(3)). */
    private static final String FIRST_INHERITED = "3";

    /**
     * Joins what the options say with the configuration file and the environment.
     *
     * @param environment {@code LODGER_CONF}, {@code QGA_CONF}, {@code LISTEN_PID} and {@code LISTEN_FDS} are looked at
     */
    public static LaunchConfiguration of(Options options, Map<String, String> environment) throws ConfigurationException {
        var file = SettingsFile.inForce(options.file(), environment);
        var settings = options.settings().over(file.settings());
        var warnings = new ArrayList<>(file.warnings());
        for (var word : options.ignored()) {
            warnings.add("ignored argument '" + word + "'; an argument of -F is to be glued to it, as in -F/path");
        }
        var configuration = new LaunchConfiguration(settings, channels(settings, environment), warnings);
        configuration.checkManageChannels();
        return configuration;
    }

    /** A name that no channel has is a restriction that somebody believes in. */
    private void checkManageChannels() throws ConfigurationException {
        var known = channels.stream().map(ChannelConfiguration::name).toList();
        for (var name : manageChannels().orElse(List.of())) {
            if (!known.contains(name)) {
                throw new ConfigurationException("manage-channels names '" + name + "', the channels are " + String.join(", ", known)
                        + NearestName.hint(name, known));
            }
        }
    }

    private Optional<List<String>> manageChannels() {
        return settings.value(Key.MANAGE_CHANNELS).map(LaunchConfiguration::words);
    }

    private static List<String> words(String list) {
        return Arrays.stream(list.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
    }

    private static List<ChannelConfiguration> channels(Settings settings, Map<String, String> environment)
            throws ConfigurationException {
        var channels = new ArrayList<ChannelConfiguration>();
        if (isSocketHandedOver(environment)) {
            if (settings.isOn(Key.DAEMON)) {
                throw new ConfigurationException("a socket handed over by systemd belongs to this process; leave --daemonize out");
            }
            channels.add(new ChannelConfiguration(MAIN, Method.INHERITED_SOCKET, FIRST_INHERITED));
        } else {
            var path = settings.mainPath().orElseThrow(() -> new ConfigurationException("must specify a path for this channel"));
            channels.add(new ChannelConfiguration(MAIN, Settings.method(settings.required(Key.METHOD)), path));
        }
        for (var channel : settings.channels().entrySet()) {
            var text = channel.getValue();
            if (text.method().isEmpty() || text.path().isEmpty()) {
                throw new ConfigurationException("channel '" + channel.getKey() + "' needs both, a method and a path");
            }
            channels.add(new ChannelConfiguration(channel.getKey(), Settings.method(text.method().get()), text.path().get()));
        }
        return channels;
    }

    /** As sd_listen_fds(3) says; descriptors handed to another process are none of ours. */
    private static boolean isSocketHandedOver(Map<String, String> environment) throws ConfigurationException {
        var count = environment.get("LISTEN_FDS");
        if (count == null || !String.valueOf(ProcessHandle.current().pid()).equals(environment.get("LISTEN_PID"))) {
            return false;
        }
        switch (count) {
            case "0":
                return false;
            case "1":
                return true;
            default:
                throw new ConfigurationException("lodger only supports listening on one socket, LISTEN_FDS is " + count);
        }
    }

    /** The names of the features to start. */
    public List<String> features() {
        return words(settings.required(Key.FEATURES));
    }

    /** The same without any channel, to see what commands there are. */
    public LaunchConfiguration withoutChannels() {
        return new LaunchConfiguration(settings, List.of(), warnings);
    }

    public boolean isDaemon() {
        return settings.isOn(Key.DAEMON);
    }

    public boolean isVerbose() {
        return settings.isOn(Key.VERBOSE);
    }

    public Optional<Path> logFile() {
        return settings.value(Key.LOGFILE).map(Path::of);
    }

    /** The names in the lists of allowed and blocked commands, by the name of the list. */
    public Map<String, List<String>> policyNames() {
        return Map.of(Key.ALLOW_RPCS.wireName(), settings.list(Key.ALLOW_RPCS), Key.BLOCK_RPCS.wireName(), settings.list(Key.BLOCK_RPCS));
    }

    public Path stateDirectory() {
        return Path.of(settings.required(Key.STATEDIR)).toAbsolutePath();
    }

    public Path pidFile() {
        return Path.of(settings.required(Key.PIDFILE)).toAbsolutePath();
    }

    /** What the core is told. */
    public AgentConfiguration agent(String version) {
        var allowed = settings.list(Key.ALLOW_RPCS);
        return new AgentConfiguration(
                version,
                channels,
                settings.isOn(Key.RETRY_PATH),
                stateDirectory(),
                allowed.isEmpty() ? Optional.empty() : Optional.of(allowed),
                settings.list(Key.BLOCK_RPCS),
                Duration.ofSeconds(Long.parseLong(settings.required(Key.SYNC_GRACE))),
                Integer.parseInt(settings.required(Key.WORKERS)));
    }

    /** Where added bundles are kept. */
    public Path bundleStore() {
        return settings.value(Key.BUNDLE_STORE).map(Path::of).map(Path::toAbsolutePath)
                .orElseGet(() -> stateDirectory().resolve(BUNDLE_STORE));
    }

    /**
     * What the core is told of added bundles.
     *
     * @param store where they are kept
     * @param safeMode whether none is to be started
     */
    public BundleConfiguration bundles(Path store, boolean safeMode) {
        return new BundleConfiguration(
                store,
                settings.isOn(Key.REQUIRE_SIGNATURE),
                Path.of(settings.required(Key.TRUST_STORE)),
                settings.required(Key.TRUST_STORE_PASSWORD),
                Path.of(settings.required(Key.DENY_LIST)),
                manageChannels(),
                settings.value(Key.AUDIT_LOG).map(Path::of).orElseGet(() -> store.resolve("audit.log")),
                safeMode);
    }
}
