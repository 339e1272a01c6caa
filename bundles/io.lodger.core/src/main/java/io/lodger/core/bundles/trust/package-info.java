/** Whose bundles are accepted: signatures of jars, the trust store and the deny list. */
package io.lodger.core.bundles.trust;
