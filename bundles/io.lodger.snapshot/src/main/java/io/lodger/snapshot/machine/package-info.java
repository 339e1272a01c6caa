/** What differs between processor architectures, behind {@link io.lodger.snapshot.machine.Machine}. */
package io.lodger.snapshot.machine;
