package io.lodger.core.transport;

import io.lodger.posix.Descriptor;
import io.lodger.posix.RawTerminal;
import java.io.IOException;

/** A serial line in raw mode (termios(3)). Opened anew when it hangs up, which a real line never does but a pseudo-terminal can. */
public final class SerialLine implements Transport {

    private final String path;
    private Descriptor next;

    /** Opens the line. */
    public SerialLine(String path) throws IOException {
        this.path = path;
        next = open(path);
    }

    private static Descriptor open(String path) throws IOException {
        var line = Descriptor.open(path, Descriptor.O_RDWR | Descriptor.O_NOCTTY | Descriptor.O_NONBLOCK);
        try {
            RawTerminal.configure(line);
            return line;
        } catch (IOException e) {
            line.close();
            throw e;
        }
    }

    @Override
    public synchronized Connection accept() throws IOException {
        var line = next != null ? next : open(path);
        next = null;
        return new DescriptorConnection(line);
    }

    @Override
    public synchronized void close() {
        if (next != null) {
            next.close();
        }
    }
}
