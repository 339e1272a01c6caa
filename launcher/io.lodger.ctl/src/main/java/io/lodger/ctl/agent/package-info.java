/** The wire to an agent, and what an agent tells about itself. Knows nothing of terminals. */
package io.lodger.ctl.agent;
