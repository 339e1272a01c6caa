package io.lodger.core;

/**
 * One channel on which hosts reach the agent.
 *
 * @param name how the channel is called in the log and in the configuration file
 * @param method how it is opened
 * @param path a device or socket path; {@code <cid>:<port>} for {@link Method#VSOCK_LISTEN}, the number of the inherited
 *     descriptor for {@link Method#INHERITED_SOCKET}
 */
public record ChannelConfiguration(String name, Method method, String path) {

    /** The ways to open a channel, by the names that {@code -m} takes. */
    public enum Method {
        /** A virtio-serial port, which the guest opens once and keeps open. */
        VIRTIO_SERIAL,
        /** A serial line, set to raw mode at 38400 baud. */
        ISA_SERIAL,
        /** A Unix socket that the agent listens on. */
        UNIX_LISTEN,
        /** A vsock address that the agent listens on. */
        VSOCK_LISTEN,
        /** A listening Unix or vsock socket handed over by systemd (sd_listen_fds(3)). */
        INHERITED_SOCKET
    }
}
