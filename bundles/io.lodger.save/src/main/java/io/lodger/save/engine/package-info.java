/**
 * What a bundle implements that knows a way to save things, and perhaps to restore them: a
 * {@link io.lodger.save.engine.SaveEngine} as an OSGi service. The agent only asks an engine what it is and whether it can work; the
 * work itself is done by another instance of the same class, in the save helper, a process of its own.
 */
@Export
@Version("1.0.0")
package io.lodger.save.engine;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
