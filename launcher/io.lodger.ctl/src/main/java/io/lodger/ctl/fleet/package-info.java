/** The agents that a command line names, be it one or a thousand: who they are, and one thing done with all of them. */
package io.lodger.ctl.fleet;
