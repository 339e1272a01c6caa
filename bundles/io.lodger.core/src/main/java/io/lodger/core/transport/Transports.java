package io.lodger.core.transport;

import io.lodger.core.ChannelConfiguration;
import io.lodger.posix.Descriptor;
import io.lodger.posix.Vsock;
import java.io.IOException;
import java.nio.file.Path;

/** Opens the transport that a channel's configuration asks for. */
public final class Transports {

    private Transports() {
    }

    /**
     * Opens a transport.
     *
     * @throws IOException when it can't be opened; the message names the path and the reason
     */
    public static Transport open(ChannelConfiguration channel) throws IOException {
        var path = channel.path();
        return switch (channel.method()) {
            case VIRTIO_SERIAL -> new VirtioPort(path);
            case ISA_SERIAL -> new SerialLine(path);
            case UNIX_LISTEN -> new UnixListener(Path.of(path));
            case VSOCK_LISTEN -> vsock(path);
            case INHERITED_SOCKET -> new DescriptorListener(Descriptor.inherited(Integer.parseInt(path)));
        };
    }

    private static Transport vsock(String address) throws IOException {
        int colon = address.indexOf(':');
        try {
            int cid = (int) Long.parseLong(address.substring(0, Math.max(colon, 0)));
            int port = Integer.parseUnsignedInt(address.substring(colon + 1));
            return new DescriptorListener(Vsock.listen(cid, port));
        } catch (NumberFormatException e) {
            throw new IOException("'" + address + "' is no vsock address; it is written as <cid>:<port>, with -1 for any cid", e);
        }
    }
}
