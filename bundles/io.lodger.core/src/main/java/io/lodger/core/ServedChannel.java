package io.lodger.core;

import io.lodger.core.dispatch.Channel;
import io.lodger.core.dispatch.Conversation;
import io.lodger.core.transport.Connection;
import io.lodger.core.transport.Transport;
import io.lodger.core.transport.Transports;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A channel that is open, with the thread that waits for hosts on it and reads what they send. */
final class ServedChannel implements AutoCloseable {

    /** How long a broken channel is left alone before it is opened again; what qemu-ga waits with {@code --retry-path}. */
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(5);

    private final ChannelConfiguration configuration;
    private final boolean retry;
    private final Duration retryInterval;
    private final Channel channel;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private Transport transport;
    private Connection connection;

    /** Opens a channel and serves it. */
    ServedChannel(ChannelConfiguration configuration, boolean retry, Channel channel) throws IOException {
        this(configuration, retry, RETRY_INTERVAL, channel);
    }

    /** The same, with another time before a broken channel is opened again. */
    ServedChannel(ChannelConfiguration configuration, boolean retry, Duration retryInterval, Channel channel) throws IOException {
        this.configuration = configuration;
        this.retry = retry;
        this.retryInterval = retryInterval;
        this.channel = channel;
        try {
            transport = Transports.open(configuration);
        } catch (IOException e) {
            if (!retry) {
                throw new IOException("error opening channel '" + configuration.path() + "': " + e.getMessage(), e);
            }
            logFailure("opening", e);
        }
        thread = new Thread(this::serve, "channel-" + configuration.name());
        thread.start();
    }

    /** Waits for the end of the channel, but no longer than this; false when it goes on. */
    boolean awaitEnd(Duration patience) throws InterruptedException {
        thread.join(patience.toMillis());
        return !thread.isAlive();
    }

    /** Waits until the channel is broken for good. Never returns for one that is opened again. */
    void awaitEnd() throws InterruptedException {
        thread.join();
    }

    private void serve() {
        try {
            do {
                serveWhileOpen();
            } while (retry && !closing.await(retryInterval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            log().log(System.Logger.Level.DEBUG, "channel {0} is closed", configuration.name());
        }
    }

    private void serveWhileOpen() throws InterruptedException {
        try {
            var open = reopened();
            while (true) {
                converse(entered(open.accept()));
            }
        } catch (IOException e) {
            if (!isClosing()) {
                logFailure("serving", e);
            }
        } finally {
            closeTransport();
        }
    }

    /** A connection that breaks is the end of that connection, and of nothing else. */
    private void converse(Connection host) throws InterruptedException {
        try {
            new Conversation(channel, host).run();
        } catch (IOException e) {
            log().log(System.Logger.Level.DEBUG, "channel {0}: the host hung up: {1}", configuration.name(), e.getMessage());
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private synchronized Transport reopened() throws IOException {
        if (isClosing()) {
            throw new ClosedChannelException();
        }
        if (transport == null) {
            transport = Transports.open(configuration);
        }
        return transport;
    }

    private synchronized Connection entered(Connection host) throws IOException {
        connection = host;
        if (isClosing()) {
            // The host came while the channel was being closed, too late to be closed with it.
            throw new ClosedChannelException();
        }
        return host;
    }

    private synchronized void closeTransport() {
        close(connection);
        close(transport);
        connection = null;
        transport = null;
    }

    private void close(Closeable open) {
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            logFailure("closing", e);
        }
    }

    private void logFailure(String doing, IOException e) {
        log().log(System.Logger.Level.ERROR, "{0} channel {1} ({2}) failed: {3}", doing, configuration.name(), configuration.path(),
                e.getMessage());
    }

    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        closeTransport();
    }

    /** Looked up when there is something to say: finding the log opens every jar, and a host is waiting while the agent starts. */
    private static System.Logger log() {
        return System.getLogger(ServedChannel.class.getName());
    }
}
