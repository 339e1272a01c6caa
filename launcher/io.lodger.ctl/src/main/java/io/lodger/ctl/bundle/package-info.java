/** {@code bundle ...}: which bundles agents have, and how that is changed. */
package io.lodger.ctl.bundle;
