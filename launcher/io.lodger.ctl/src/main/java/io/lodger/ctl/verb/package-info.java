/** What can be done with an agent, each verb the same on the command line and in the shell. */
package io.lodger.ctl.verb;
