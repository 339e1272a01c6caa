/** The shell: a prompt on a terminal, or lines from standard input. The one package that needs JLine's terminal. */
package io.lodger.ctl.shell;
