/** Bundles in the framework: brought in, looked at, started within a time, and taken out again. */
package io.lodger.core.bundles.wiring;
