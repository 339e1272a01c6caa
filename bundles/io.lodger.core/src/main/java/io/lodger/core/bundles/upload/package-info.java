/** Bundles that come over the channel itself, in chunks. */
package io.lodger.core.bundles.upload;
