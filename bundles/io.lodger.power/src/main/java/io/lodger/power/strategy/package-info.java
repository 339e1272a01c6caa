/**
 * What a bundle implements that knows another way to suspend the machine: a {@link io.lodger.power.strategy.SuspendStrategy} as an
 * OSGi service. Those with a higher {@code service.ranking} come first; the built-in ones count as 300 (systemd), 200 (pm-utils) and 100
 * (the kernel's files).
 */
@Export
@Version("1.0.0")
package io.lodger.power.strategy;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
