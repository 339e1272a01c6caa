/** The agent's log: everything that logs through {@link java.lang.System.Logger}, in the lines that qemu-ga writes. */
package io.lodger.launcher.log;
