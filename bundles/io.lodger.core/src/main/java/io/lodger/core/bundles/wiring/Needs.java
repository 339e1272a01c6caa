package io.lodger.core.bundles.wiring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;
import org.osgi.framework.namespace.BundleNamespace;
import org.osgi.framework.namespace.ExecutionEnvironmentNamespace;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;

/** Says in a sentence why a bundle can't be resolved: what it needs, beside what there is. */
final class Needs {

    private static final Pattern AT_LEAST = Pattern.compile("\\(version>=([^)]+)\\)");
    private static final Pattern BELOW = Pattern.compile("\\(!\\(version>=([^)]+)\\)\\)");

    private final BundleContext framework;

    Needs(BundleContext framework) {
        this.framework = framework;
    }

    /** What a bundle needs and nobody offers, one sentence without its subject; empty when each need by itself is met. */
    List<String> unmet(Bundle bundle) {
        var unmet = new ArrayList<String>();
        for (var requirement : bundle.adapt(BundleRevision.class).getDeclaredRequirements(null)) {
            if (isMandatory(requirement) && offers(requirement.getNamespace()).stream().noneMatch(requirement::matches)) {
                unmet.add(sentence(requirement));
            }
        }
        return unmet;
    }

    private static boolean isMandatory(BundleRequirement requirement) {
        var directives = requirement.getDirectives();
        return !Constants.RESOLUTION_OPTIONAL.equals(directives.get(Constants.RESOLUTION_DIRECTIVE))
                && !PackageNamespace.RESOLUTION_DYNAMIC.equals(directives.get(Constants.RESOLUTION_DIRECTIVE))
                && Optional.ofNullable(directives.get(Constants.EFFECTIVE_DIRECTIVE)).orElse(Constants.EFFECTIVE_RESOLVE)
                        .equals(Constants.EFFECTIVE_RESOLVE);
    }

    private List<BundleCapability> offers(String namespace) {
        return Arrays.stream(framework.getBundles())
                .map(bundle -> bundle.adapt(BundleRevision.class))
                .filter(revision -> revision != null)
                .flatMap(revision -> revision.getDeclaredCapabilities(namespace).stream())
                .toList();
    }

    private String sentence(BundleRequirement requirement) {
        var filter = String.valueOf(requirement.getDirectives().get(Constants.FILTER_DIRECTIVE));
        return switch (requirement.getNamespace()) {
            case PackageNamespace.PACKAGE_NAMESPACE -> versioned("package ", requirement, filter, Constants.VERSION_ATTRIBUTE);
            case BundleNamespace.BUNDLE_NAMESPACE ->
                    versioned("bundle ", requirement, filter.replace("bundle-version", "version"), Constants.BUNDLE_VERSION_ATTRIBUTE);
            case ExecutionEnvironmentNamespace.EXECUTION_ENVIRONMENT_NAMESPACE ->
                    "needs a Java that has " + filter + ", this one is " + Runtime.version().feature();
            default -> "needs the capability " + requirement.getNamespace() + " " + filter + ", which nobody here has";
        };
    }

    private String versioned(String kind, BundleRequirement requirement, String filter, String versionAttribute) {
        var namespace = requirement.getNamespace();
        var name = group(Pattern.compile("\\(" + Pattern.quote(namespace) + "=([^)]+)\\)"), filter).orElse(filter);
        var offered = offers(namespace).stream()
                .filter(capability -> name.equals(capability.getAttributes().get(namespace)))
                .map(capability -> (Version) capability.getAttributes().get(versionAttribute))
                .sorted().map(Version::toString).distinct().toList();
        var wanted = kind + name + range(filter);
        return offered.isEmpty()
                ? "needs " + wanted + ", which this agent doesn't offer"
                : "needs " + wanted + ", this agent offers " + String.join(" and ", offered);
    }

    private static String range(String filter) {
        var below = group(BELOW, filter);
        var atLeast = group(AT_LEAST, BELOW.matcher(filter).replaceAll(""));
        if (below.isEmpty()) {
            return atLeast.map(version -> " " + version + " or higher").orElse("");
        }
        return " [" + shortened(atLeast.orElse("0.0.0")) + "," + shortened(below.get()) + ")";
    }

    /** As people write the ends of ranges: the framework has made 2.0.0 of their 2.0. */
    private static String shortened(String version) {
        return version.matches("\\d+\\.\\d+\\.0") ? version.substring(0, version.length() - 2) : version;
    }

    private static Optional<String> group(Pattern pattern, String text) {
        var matcher = pattern.matcher(text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
