package io.lodger.save.protocol;

import io.lodger.save.codec.Codec;
import io.lodger.save.codec.CodecException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One end of the protocol: makes calls that the other end declares, and answers those of its own declaration. A frame is one byte that
 * says what it is, 4 bytes that an answer has in common with its call, and the rest:
 *
 * <table>
 * <caption>Frames</caption>
 * <tr><td>0 call</td><td>the method's name and its arguments</td></tr>
 * <tr><td>1 call that is not answered</td><td>the same</td></tr>
 * <tr><td>2 result</td><td>the value, nothing for {@code void}</td></tr>
 * <tr><td>3 failure</td><td>whether it was interrupted, and the message</td></tr>
 * </table>
 *
 * @param <R> what the other end declares
 */
public final class Peer<R> {

    private static final byte CALL = 0;
    private static final byte NOTICE = 1;
    private static final byte RESULT = 2;
    private static final byte FAILURE = 3;

    private final Frames frames;
    private final Class<?> face;
    private final Object local;
    private final R remote;
    private final AtomicInteger lastCall = new AtomicInteger();
    private final Map<Integer, CompletableFuture<ByteBuffer>> awaited = new ConcurrentHashMap<>();
    private volatile boolean ended;

    /**
     * An end.
     *
     * @param face what this end declares
     * @param local what does it; its methods run on the thread that serves
     */
    public <L> Peer(Frames frames, Class<R> remoteFace, Class<L> face, L local) {
        this.frames = frames;
        this.face = face;
        this.local = local;
        remote = remoteFace.cast(Proxy.newProxyInstance(remoteFace.getClassLoader(), new Class<?>[] {remoteFace},
                (proxy, method, arguments) -> call(method, arguments)));
    }

    /** The other end. */
    public R remote() {
        return remote;
    }

    /**
     * Answers the other end's calls until it hangs up. What waits for answers then fails.
     *
     * @throws IOException when what comes is not the protocol, or can't be answered
     */
    public void serve() throws IOException {
        try {
            for (var frame = frames.read(); frame.isPresent(); frame = frames.read()) {
                take(frame.get());
            }
        } finally {
            ended = true;
            awaited.values().forEach(answer -> answer.completeExceptionally(new IOException("the other end has hung up")));
        }
    }

    private void take(ByteBuffer frame) throws IOException {
        if (frame.remaining() <= Integer.BYTES) {
            throw new ProtocolException("a broken frame: it has only " + frame.remaining() + " bytes");
        }
        byte kind = frame.get();
        int id = frame.getInt();
        switch (kind) {
            case CALL, NOTICE -> answer(kind, id, frame);
            case RESULT -> awaited(id).complete(frame);
            case FAILURE -> {
                boolean interrupted = (Boolean) Codec.decode(boolean.class, frame);
                var message = (String) Codec.decode(String.class, frame);
                awaited(id).completeExceptionally(interrupted ? new InterruptedException(message) : new IOException(message));
            }
            default -> throw new ProtocolException("a broken frame: it is of the unknown kind " + kind);
        }
    }

    private CompletableFuture<ByteBuffer> awaited(int id) throws ProtocolException {
        return Optional.ofNullable(awaited.remove(id)).orElseThrow(() -> new ProtocolException("an answer to no call"));
    }

    private void answer(byte kind, int id, ByteBuffer frame) throws IOException {
        var name = (String) Codec.decode(String.class, frame);
        var method = Arrays.stream(face.getMethods()).filter(declared -> declared.getName().equals(name)).findFirst()
                .orElseThrow(() -> new ProtocolException("a call of " + name + ", which this end doesn't have"));
        var types = method.getGenericParameterTypes();
        var arguments = new Object[types.length];
        for (int i = 0; i < types.length; i++) {
            arguments[i] = Codec.decode(types[i], frame);
        }
        byte[] reply;
        try {
            method.setAccessible(true);
            var result = method.invoke(local, arguments);
            reply = method.getReturnType() == void.class ? frame(RESULT, id) : frame(RESULT, id, Codec.encode(method.getGenericReturnType(),
                    result));
        } catch (InvocationTargetException e) {
            var cause = e.getCause();
            reply = frame(FAILURE, id, Codec.encode(boolean.class, cause instanceof InterruptedException),
                    Codec.encode(String.class, cause instanceof IOException ? String.valueOf(cause.getMessage()) : cause.toString()));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a method of an interface is public", e);
        }
        if (kind == CALL) {
            frames.write(reply);
        }
    }

    private Object call(Method method, Object[] arguments) throws IOException, InterruptedException {
        boolean oneWay = method.isAnnotationPresent(OneWay.class);
        int id = lastCall.incrementAndGet();
        var types = method.getGenericParameterTypes();
        var parts = new byte[1 + types.length][];
        parts[0] = Codec.encode(String.class, method.getName());
        for (int i = 0; i < types.length; i++) {
            parts[i + 1] = Codec.encode(types[i], arguments[i]);
        }
        if (oneWay) {
            send(frame(NOTICE, id, parts));
            return null;
        }
        var answer = new CompletableFuture<ByteBuffer>();
        awaited.put(id, answer);
        frames.write(frame(CALL, id, parts));
        if (ended) {
            answer.completeExceptionally(new IOException("the other end has hung up"));
        }
        return method.getReturnType() == void.class ? nothing(await(answer))
                : Codec.decode(method.getGenericReturnType(), await(answer));
    }

    private void send(byte[] frame) {
        try {
            frames.write(frame);
        } catch (IOException e) {
            // Nobody is there to hear it, and the thread that serves knows.
        }
    }

    private static Object nothing(ByteBuffer answer) throws CodecException {
        return null;
    }

    private static ByteBuffer await(CompletableFuture<ByteBuffer> answer) throws IOException, InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    private static byte[] frame(byte kind, int id, byte[]... parts) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(1 + Integer.BYTES).put(kind).putInt(id).array());
        for (var part : parts) {
            bytes.writeBytes(part);
        }
        return bytes.toByteArray();
    }
}
