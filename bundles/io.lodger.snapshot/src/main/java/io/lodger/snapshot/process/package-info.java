/** What /proc tells of the process that is to be saved, and whether it can be, before it is touched. */
package io.lodger.snapshot.process;
