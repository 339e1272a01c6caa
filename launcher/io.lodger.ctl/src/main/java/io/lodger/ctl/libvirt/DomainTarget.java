package io.lodger.ctl.libvirt;

import io.lodger.ctl.agent.AgentChannel;
import io.lodger.ctl.agent.Target;
import java.time.Duration;

/** The agent of a domain. */
public record DomainTarget(Virsh virsh, String domain) implements Target {
    @Override
    public String name() {
        return domain;
    }

    @Override
    public AgentChannel open(Duration wait) {
        return new DomainChannel(virsh, domain);
    }
}
