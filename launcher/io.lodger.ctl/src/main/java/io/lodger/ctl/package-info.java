/** {@code lodgerctl}, the tool for people and scripts on the host: its command line. */
package io.lodger.ctl;
