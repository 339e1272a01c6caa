/** The commands by which bundles are added to the running agent, changed and taken away. */
package io.lodger.core.bundles;
