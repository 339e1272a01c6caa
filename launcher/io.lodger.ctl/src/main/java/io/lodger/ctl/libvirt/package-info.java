/** Agents behind libvirt, which has their channel: through {@code virsh}, for that is what a host with libvirt has. */
package io.lodger.ctl.libvirt;
