package io.lodger.core.bundles;

import io.lodger.command.Command;
import io.lodger.command.CommandContext;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.command.NoArguments;
import io.lodger.core.health.SafeMode;
import java.util.List;

@GuestCommand(name = "lodger-bundle-list")
@Doc("Lists the bundles of the agent.")
public final class BundleList implements Command<NoArguments, BundleList.Bundles> {

    private final Facts facts;
    private final boolean requireSignature;
    private final SafeMode safeMode;

    BundleList(Facts facts, boolean requireSignature, SafeMode safeMode) {
        this.facts = facts;
        this.requireSignature = requireSignature;
        this.safeMode = safeMode;
    }

    /** The bundles, and how the agent deals with them. */
    public record Bundles(
            @Doc("Whether only signed bundles are accepted.") boolean requireSignature,
            @Doc("Whether the agent was started without added bundles, because it died with them three times in a row.") boolean safeMode,
            @Doc("The bundles: first those that came with the agent, then those that were added.") List<BundleFacts> bundles) {
    }

    @Override
    public Bundles execute(NoArguments none, CommandContext context) {
        return new Bundles(requireSignature, safeMode.reason().isPresent(), facts.all());
    }
}
