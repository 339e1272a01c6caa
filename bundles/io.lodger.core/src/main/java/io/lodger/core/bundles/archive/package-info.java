/** What is offered to be added, read with suspicion: jars of bundles, and archives of features. */
package io.lodger.core.bundles.archive;
