package io.lodger.power.suspend;

import io.lodger.power.builtin.KernelStrategy;
import io.lodger.power.builtin.PmUtilsStrategy;
import io.lodger.power.builtin.SystemdStrategy;
import io.lodger.power.strategy.SuspendStrategy;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * The strategies, those of other bundles among our own. Other bundles' come and go as services. Our own are none: while two versions of
 * this bundle are there, each uses its own and both use those of others.
 */
@Component(service = RankedStrategies.class)
public final class RankedStrategies {

    private static final String RANKING = "service.ranking";
    private static final String ID = "service.id";

    private static final Comparator<Ranked> ORDER = Comparator.comparingInt(Ranked::ranking).reversed().thenComparingLong(Ranked::id);

    private final List<Ranked> own = List.of(new Ranked(300, 0, new SystemdStrategy()), new Ranked(200, 0, new PmUtilsStrategy()),
            new Ranked(100, 0, new KernelStrategy()));

    /** Replaced as a whole when one comes or goes; a pending suspend outlasts that. */
    @Reference(policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    private volatile List<Map.Entry<Map<String, Object>, SuspendStrategy>> others = List.of();

    /** A strategy and its place: the highest ranking first, among equals the lowest id. */
    private record Ranked(int ranking, long id, SuspendStrategy strategy) {

        static Ranked of(Map.Entry<Map<String, Object>, SuspendStrategy> service) {
            var properties = service.getKey();
            return new Ranked(properties.get(RANKING) instanceof Integer ranking ? ranking : 0,
                    properties.get(ID) instanceof Long id ? id : Long.MAX_VALUE, service.getValue());
        }
    }

    /** Those that there are now, in the order in which they are to be asked. */
    public List<SuspendStrategy> inOrder() {
        return Stream.concat(own.stream(), others.stream().map(Ranked::of)).sorted(ORDER).map(Ranked::strategy).toList();
    }
}
