/**
 * What a bundle implements whose application is to be quiet while an image of something is taken: a
 * {@link io.lodger.save.participant.SaveParticipant} as an OSGi service.
 */
@Export
@Version("1.0.0")
package io.lodger.save.participant;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
