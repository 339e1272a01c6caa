/** Tests one command from the bytes of a request to the bytes of its reply, through the agent's own core, without OSGi. */
package io.lodger.command.testkit;
