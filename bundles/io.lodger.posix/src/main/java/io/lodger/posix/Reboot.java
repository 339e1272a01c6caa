package io.lodger.posix;

/** Ends the machine without asking anybody: reboot(2). Whoever has something to write to a disk has written it before. */
public final class Reboot {

    private Reboot() {
    }

    /** What becomes of the machine. */
    public enum Action {
        /** It starts again: {@code LINUX_REBOOT_CMD_RESTART}. */
        RESTART(0x01234567),
        /** It stops and stays powered: {@code LINUX_REBOOT_CMD_HALT}. */
        HALT(0xCDEF0123),
        /** It is powered off: {@code LINUX_REBOOT_CMD_POWER_OFF}. */
        POWER_OFF(0x4321FEDC);

        private final int command;

        Action(int command) {
            this.command = command;
        }
    }

    /** Has everything written that waits to be, sync(2). Returns when it is, which a disk that doesn't answer can keep from happening. */
    public static void sync() {
        LibC.sync();
    }

    /**
     * Does it at once. In a PID namespace other than the first the namespace's init is killed instead, with SIGHUP to restart and with
     * SIGINT otherwise, pid_namespaces(7).
     *
     * @throws ErrnoException with {@code EPERM} where the process lacks {@code CAP_SYS_BOOT}, as in most containers
     */
    public static void now(Action action) throws ErrnoException {
        ErrnoException.require("reboot", LibC.reboot(action.command));
    }
}
