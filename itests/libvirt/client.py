"""What libvirt's Python binding reports of a domain through the agent, as JSON. Arguments: the connection's URI, the domain's name."""
import json
import sys

import libvirt
import libvirt_qemu

domain = libvirt.open(sys.argv[1]).lookupByName(sys.argv[2])
print(json.dumps({
    "ping": json.loads(libvirt_qemu.qemuAgentCommand(domain, '{"execute": "guest-ping"}', 10, 0)),
    "interfaceAddresses": domain.interfaceAddresses(libvirt.VIR_DOMAIN_INTERFACE_ADDRESSES_SRC_AGENT),
    "guestInfo": domain.guestInfo(libvirt.VIR_DOMAIN_GUEST_INFO_INTERFACES),
}, indent=1))
