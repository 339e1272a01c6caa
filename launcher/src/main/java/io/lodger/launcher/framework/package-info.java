/** The OSGi framework with the bundles that come with the agent. */
package io.lodger.launcher.framework;
