package io.lodger.ctl.fleet;

import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.agent.SocketTarget;
import io.lodger.ctl.agent.Target;
import io.lodger.ctl.libvirt.DomainTarget;
import io.lodger.ctl.libvirt.Virsh;
import io.lodger.ctl.verb.UsageException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that say which agents are meant. */
public final class TargetOptions {
    private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

    @Option(names = {"-s", "--socket"}, paramLabel = "PATH", scope = ScopeType.INHERIT,
        description = "The agent channel's socket; in quotes, a pattern such as '/run/vm/*.sock'. May be given several times. "
            + "Default: the environment variable LODGER_SOCKET.")
    private List<String> sockets = List.of();

    @Option(names = {"-c", "--libvirt"}, paramLabel = "URI", scope = ScopeType.INHERIT,
        description = "Reach the agents through libvirt (virsh qemu-agent-command), such as qemu:///system; say which by --domain or "
            + "--all.")
    private String libvirt;

    @Option(names = {"-d", "--domain"}, paramLabel = "NAME", scope = ScopeType.INHERIT,
        description = "A domain of libvirt's; or, in quotes, a pattern such as 'web-*' of those that run. May be given several times.")
    private List<String> domains = List.of();

    @Option(names = "--all", scope = ScopeType.INHERIT, description = "All domains that run.")
    private boolean all;

    /**
     * The agents meant.
     *
     * @param list at least one
     * @param one whether the options can mean no more than one
     */
    public record Targets(List<Target> list, boolean one) {
    }

    /**
     * Finds out who is meant.
     *
     * @throws AgentUnavailableException if libvirt cannot be asked
     */
    public Targets targets() throws UsageException, AgentUnavailableException {
        if (libvirt == null && (all || !domains.isEmpty())) {
            throw new UsageException("--all and --domain need --libvirt URI, such as --libvirt qemu:///system");
        }
        if (libvirt != null && !all && domains.isEmpty()) {
            throw new UsageException("which domains of " + libvirt + "? add --domain NAME or --all");
        }
        var named = sockets.isEmpty() && libvirt == null ? fromEnvironment() : sockets;
        // By name, because two patterns may match one and the same.
        var found = new LinkedHashMap<String, Target>();
        for (var socket : named) {
            for (var path : SocketPattern.isPattern(socket) ? SocketPattern.expand(socket) : List.of(Path.of(socket))) {
                found.put(path.toString(), new SocketTarget(path));
            }
        }
        for (var domain : domains()) {
            found.put(libvirt + " " + domain, new DomainTarget(new Virsh(libvirt), domain));
        }
        var one = named.size() + domains.size() == 1 && !all && named.stream().noneMatch(SocketPattern::isPattern)
            && domains.stream().noneMatch(TargetOptions::isPattern);
        return new Targets(List.copyOf(found.values()), one);
    }

    private static List<String> fromEnvironment() throws UsageException {
        var socket = System.getenv("LODGER_SOCKET");
        if (socket == null || socket.isEmpty()) {
            throw new UsageException("no agent given: add --socket PATH or --libvirt URI, or set the environment variable LODGER_SOCKET");
        }
        return List.of(socket);
    }

    private List<String> domains() throws UsageException, AgentUnavailableException {
        if (!all && domains.stream().noneMatch(TargetOptions::isPattern)) {
            return domains;
        }
        var running = new Virsh(libvirt).running();
        var meant = new ArrayList<String>();
        for (var domain : all ? List.of("*") : domains) {
            var fitting = isPattern(domain) ? running.stream().filter(fits(domain)).toList() : List.of(domain);
            if (fitting.isEmpty()) {
                throw new UsageException(all ? "no domain runs on " + libvirt : "no domain that runs on " + libvirt + " matches " + domain);
            }
            meant.addAll(fitting);
        }
        return meant;
    }

    private static boolean isPattern(String domain) {
        return WILDCARD.matcher(domain).find();
    }

    /** Names of domains hold no slash, so they can be matched as names of files are. */
    private static Predicate<String> fits(String pattern) throws UsageException {
        try {
            var matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
            return name -> matcher.matches(Path.of(name));
        } catch (PatternSyntaxException e) {
            throw new UsageException(pattern + " is no pattern of names: " + e.getDescription());
        }
    }
}
