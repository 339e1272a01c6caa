/**
 * Virtual machines for tests: {@link io.lodger.itests.guest.Guest} on a parameter of a test method gives a
 * {@link io.lodger.itests.guest.GuestMachine} with an agent that has answered.
 *
 * <p>Each pair of an image and an agent is booted once in a run, and its state saved; a test starts from a copy of that in half a second,
 * and may do with its machine what it likes. A machine that needs other hardware is booted for its test.
 *
 * <p>Images, devices of the machine and environment variables are described in {@code itests/guest/README.md}.
 */
package io.lodger.itests.guest;
