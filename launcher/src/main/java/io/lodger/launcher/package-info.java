/** Starts the agent: the channels first, then the framework with the features. */
package io.lodger.launcher;
