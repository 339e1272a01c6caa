/** By which channels bundles may be managed, and the record of what was done by them. */
package io.lodger.core.bundles.access;
