package io.lodger.core.bundles;

import io.lodger.command.Command;
import io.lodger.core.Agent;
import io.lodger.core.BundleConfiguration;
import io.lodger.core.bundles.access.Access;
import io.lodger.core.bundles.access.AuditLog;
import io.lodger.core.bundles.change.AddedBundles;
import io.lodger.core.bundles.store.BundleStore;
import io.lodger.core.bundles.trust.Trust;
import io.lodger.core.bundles.upload.UploadAbort;
import io.lodger.core.bundles.upload.UploadBegin;
import io.lodger.core.bundles.upload.UploadWrite;
import io.lodger.core.bundles.upload.Uploads;
import io.lodger.core.bundles.wiring.InstalledBundles;
import java.io.IOException;
import java.util.List;
import org.osgi.framework.BundleContext;

/** Brings the added bundles into a framework in which the features' are, and gives the agent the commands that manage them. */
public final class BundleManagement {

    private static final String SAFE_MODE = "The agent is in safe mode, without the bundles that were added to it, because it died three "
            + "times in a row within a minute of its start; uninstall what is to blame, or start bundles one by one";

    private BundleManagement() {
    }

    /**
     * Starts the management.
     *
     * @param framework the context of the framework's system bundle
     * @param changed runs after each change that was made
     */
    public static void start(Agent agent, BundleContext framework, BundleConfiguration configuration, Runnable changed) {
        var registry = agent.registry();
        var store = new BundleStore(configuration.store());
        var added = new AddedBundles(store, new Trust(configuration), new InstalledBundles(framework), registry);
        var uploads = new Uploads(configuration.store().resolve("uploads"), agent::isFrozen);
        try {
            if (!agent.isFrozen()) {
                uploads.clear();
            }
            if (configuration.safeMode()) {
                agent.safeMode().enter(SAFE_MODE);
            }
            added.restore(agent.safeMode().reason(), !agent.isFrozen());
        } catch (IOException | IllegalArgumentException e) {
            System.getLogger(BundleManagement.class.getName()).log(System.Logger.Level.ERROR,
                    "what was added to the agent can''t be started: {0}", e.getMessage());
        }
        var access = new Access(configuration.channels());
        var changes = new Changes(added, store, uploads, access, new AuditLog(configuration.auditLog()), changed);
        var facts = new Facts(added, registry);
        List.<Command<?, ?>>of(
                new BundleList(facts, configuration.requireSignature(), agent.safeMode()),
                new BundleInstall(changes, facts), new BundleUpdate(changes, facts), new BundleUninstall(changes),
                new BundleStart(changes, facts), new BundleStop(changes, facts), new BundleRollback(changes, facts),
                new UploadBegin(uploads, access), new UploadWrite(uploads, access), new UploadAbort(uploads, access))
                .forEach(agent::addBuiltIn);
    }
}
