package io.lodger.core.dispatch;

import io.lodger.core.framing.MessageReader;
import io.lodger.core.framing.MessageSink;
import io.lodger.core.framing.Tokens;
import io.lodger.core.json.Json;
import io.lodger.core.json.JsonParseException;
import io.lodger.core.output.Outbox;
import io.lodger.core.output.SpareBuffers;
import io.lodger.core.protocol.EnvelopeException;
import io.lodger.core.protocol.Reply;
import io.lodger.core.protocol.Request;
import io.lodger.core.transport.Connection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Reads one connection to its end and hands what it asks for to the channel. A half request dies with its connection. */
public final class Conversation implements MessageSink {

    private final Channel channel;
    private final Connection connection;
    private final Outbox outbox;
    private boolean resynchronising;
    private InterruptedException interruption;

    public Conversation(Channel channel, Connection connection) {
        this.channel = channel;
        this.connection = connection;
        this.outbox = new Outbox(connection, channel.buffers());
    }

    /**
     * Reads until the host ends its side. The replies it is owed are still written after that.
     *
     * @throws IOException when the connection broke, which ends it as well
     */
    public void run() throws IOException, InterruptedException {
        var window = channel.buffers().take();
        try {
            read(window);
            outbox.endInput();
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            outbox.close();
            throw e;
        } finally {
            channel.buffers().giveBack(window);
        }
    }

    private void read(ByteBuffer window) throws IOException, InterruptedException {
        var reader = new MessageReader(this);
        var bytes = new byte[SpareBuffers.SIZE];
        while (connection.read(window.clear()) >= 0) {
            int length = window.flip().remaining();
            window.get(bytes, 0, length);
            feed(reader, bytes, length);
            outbox.flush();
        }
    }

    private void feed(MessageReader reader, byte[] bytes, int length) throws InterruptedException {
        try {
            reader.feed(bytes, 0, length);
        } catch (OutOfMemoryError e) {
            reader.reset();
            malformed("The request is larger than the memory of the agent (-Xmx) allows");
        }
        if (interruption != null) {
            throw interruption;
        }
    }

    @Override
    public void message(Tokens message) {
        int size = message.size();
        try {
            var request = Request.of(Json.parse(message));
            if (interruption == null) {
                channel.request(request, size, outbox);
            }
        } catch (JsonParseException e) {
            refuse(Reply.error(e.getMessage(), Optional.empty()));
        } catch (EnvelopeException e) {
            refuse(Reply.error(e.getMessage(), e.id()));
        } catch (InterruptedException e) {
            interruption = e;
        }
    }

    @Override
    public void malformed(String description) {
        refuse(Reply.error(description, Optional.empty()));
    }

    @Override
    public void resynchronise() {
        resynchronising = true;
        channel.resynchronise();
    }

    private void refuse(Reply reply) {
        boolean resynchronises = resynchronising;
        resynchronising = false;
        try {
            if (interruption == null) {
                channel.refuse(reply, resynchronises, outbox);
            }
        } catch (InterruptedException e) {
            interruption = e;
        }
    }
}
