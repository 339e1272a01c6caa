/**
 * Takes a consistent image of a running process, which hardly pauses: {@link io.lodger.snapshot.ForkEngine}, an engine of
 * {@code lodger-save}. The process is stopped by ptrace(2), made to fork, and runs on; the copy is written out at leisure.
 */
package io.lodger.snapshot;
