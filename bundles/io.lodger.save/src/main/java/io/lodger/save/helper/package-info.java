/**
 * The save helper: the process in which engines work. Started by the agent with its own Java and class path, it does one task and
 * ends. Nothing here runs in the agent.
 */
package io.lodger.save.helper;
