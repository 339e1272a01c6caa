/** Signatures of jars: made with a vendor's key, and checked against a trust store as an agent does. */
package io.lodger.ctl.signature;
