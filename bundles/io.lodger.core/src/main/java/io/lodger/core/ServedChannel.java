package io.lodger.core;

import io.lodger.core.dispatch.Channel;
import io.lodger.core.dispatch.Conversation;
import io.lodger.core.transport.Connection;
import io.lodger.core.transport.Transport;
import io.lodger.core.transport.Transports;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A channel that is open, with the thread that waits for hosts on it and reads what they send. */
final class ServedChannel implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ServedChannel.class.getName());

    /** How long a broken channel is left alone before it is opened again; what qemu-ga waits with {@code --retry-path}. */
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(5);

    private final ChannelConfiguration configuration;
    private final boolean retry;
    private final Channel channel;
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);
    private Transport transport;
    private Connection connection;

    /** Opens a channel and serves it. */
    ServedChannel(ChannelConfiguration configuration, boolean retry, Channel channel) throws IOException {
        this.configuration = configuration;
        this.retry = retry;
        this.channel = channel;
        try {
            transport = Transports.open(configuration);
        } catch (IOException e) {
            if (!retry) {
                throw e;
            }
            logFailure("opening", e);
        }
        thread = new Thread(this::serve, "channel-" + configuration.name());
        thread.start();
    }

    /** Waits until the channel is broken for good. Never returns for one that is opened again. */
    void awaitEnd() throws InterruptedException {
        thread.join();
    }

    private void serve() {
        try {
            do {
                serveWhileOpen();
            } while (retry && !closing.await(RETRY_INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.log(System.Logger.Level.DEBUG, "channel {0} is closed", configuration.name());
        }
    }

    private void serveWhileOpen() throws InterruptedException {
        try {
            var open = reopened();
            while (true) {
                converse(entered(open.accept()));
            }
        } catch (IOException e) {
            if (closing.getCount() > 0) {
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
            LOG.log(System.Logger.Level.DEBUG, "channel {0}: the host hung up: {1}", configuration.name(), e.getMessage());
        }
    }

    private synchronized Transport reopened() throws IOException {
        if (transport == null) {
            transport = Transports.open(configuration);
        }
        return transport;
    }

    private synchronized Connection entered(Connection host) {
        connection = host;
        return host;
    }

    private synchronized void closeTransport() {
        try {
            if (connection != null) {
                connection.close();
            }
            if (transport != null) {
                transport.close();
            }
        } catch (IOException e) {
            logFailure("closing", e);
        }
        connection = null;
        transport = null;
    }

    private void logFailure(String doing, IOException e) {
        LOG.log(System.Logger.Level.ERROR, "{0} channel {1} ({2}) failed: {3}", doing, configuration.name(), configuration.path(),
                e.getMessage());
    }

    @Override
    public void close() {
        closing.countDown();
        thread.interrupt();
        closeTransport();
    }
}
