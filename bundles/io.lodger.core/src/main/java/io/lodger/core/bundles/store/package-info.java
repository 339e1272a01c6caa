/** What was added to the agent, on disk: whole after a power cut at any moment. */
package io.lodger.core.bundles.store;
