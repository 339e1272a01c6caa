package io.lodger.save.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Bytes for records and back. Numbers are in network byte order. The types and what stands for them:
 *
 * <table>
 * <caption>Types</caption>
 * <tr><td>{@code boolean}</td><td>one byte, 0 or 1</td></tr>
 * <tr><td>{@code int}, {@code long}</td><td>4 or 8 bytes</td></tr>
 * <tr><td>{@code String}, {@code byte[]}</td><td>4 bytes, the number of bytes that follow; a string is UTF-8</td></tr>
 * <tr><td>an enum</td><td>the constant's name, as a string</td></tr>
 * <tr><td>{@code Optional<T>}</td><td>one byte, 0 or 1, and the value if 1</td></tr>
 * <tr><td>{@code List<T>}</td><td>4 bytes, the number of values that follow</td></tr>
 * <tr><td>{@code Map<String, T>}</td><td>4 bytes, the number of pairs of name and value that follow</td></tr>
 * <tr><td>a record</td><td>its components, in their order</td></tr>
 * </table>
 */
public final class Codec {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private Codec() {
    }

    /** The bytes that stand for a value of this type. */
    public static byte[] encode(Type type, Object value) {
        var codec = new Codec();
        try {
            codec.write(type, value);
        } catch (IOException e) {
            throw new UncheckedIOException("memory is no device that fails", e);
        }
        return codec.bytes.toByteArray();
    }

    private void write(Type type, Object value) throws IOException {
        var raw = raw(type);
        if (raw == boolean.class || raw == Boolean.class) {
            out.writeBoolean((Boolean) value);
        } else if (raw == int.class || raw == Integer.class) {
            out.writeInt((Integer) value);
        } else if (raw == long.class || raw == Long.class) {
            out.writeLong((Long) value);
        } else if (raw == String.class) {
            writeBytes(((String) value).getBytes(UTF_8));
        } else if (raw == byte[].class) {
            writeBytes((byte[]) value);
        } else if (raw.isEnum()) {
            writeBytes(((Enum<?>) value).name().getBytes(UTF_8));
        } else if (raw == Optional.class) {
            out.writeBoolean(((Optional<?>) value).isPresent());
            if (((Optional<?>) value).isPresent()) {
                write(argument(type, 0), ((Optional<?>) value).get());
            }
        } else if (raw == List.class) {
            out.writeInt(((List<?>) value).size());
            for (var element : (List<?>) value) {
                write(argument(type, 0), element);
            }
        } else if (raw == Map.class) {
            out.writeInt(((Map<?, ?>) value).size());
            for (var entry : ((Map<?, ?>) value).entrySet()) {
                write(String.class, entry.getKey());
                write(argument(type, 1), entry.getValue());
            }
        } else if (raw.isRecord()) {
            for (var component : raw.getRecordComponents()) {
                write(component.getGenericType(), valueOf(component, value));
            }
        } else {
            throw new IllegalArgumentException("nothing stands for the type " + type);
        }
    }

    private void writeBytes(byte[] value) throws IOException {
        out.writeInt(value.length);
        out.write(value);
    }

    /**
     * The value of this type that the bytes stand for. Takes no more memory than the bytes are worth, whatever they are.
     *
     * @throws CodecException when they stand for none, or are too few
     */
    public static Object decode(Type type, ByteBuffer bytes) throws CodecException {
        try {
            return Decoder.read(type, bytes);
        } catch (BufferUnderflowException e) {
            throw new CodecException("bytes are missing at the end of what stands for " + type.getTypeName());
        }
    }

    private static Object valueOf(RecordComponent component, Object value) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the accessor of a record's component is public", e);
        }
    }

    static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    }

    static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }
}
