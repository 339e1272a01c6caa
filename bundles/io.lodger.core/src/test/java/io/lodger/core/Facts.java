package io.lodger.core;

import io.lodger.command.GuestCommand;

/** Names and behaviours for commands that a test writes on the spot. */
public final class Facts {

    private Facts() {
    }

    @GuestCommand(name = "test-work")
    public interface Work {
    }

    @GuestCommand(name = "test-status")
    public interface Status {
    }

    @GuestCommand(name = "test-other")
    public interface Other {
    }

    @GuestCommand(name = "test-freeze", cancelledBySync = false)
    public interface Freeze {
    }

    @GuestCommand(name = "test-silent", respondsOnSuccess = false)
    public interface Silent {
    }

    @GuestCommand(name = "test-thaw", whileFrozen = true)
    public interface Thaw {
    }
}
