/** The set of added bundles, changed as a whole or not at all. */
package io.lodger.core.bundles.change;
