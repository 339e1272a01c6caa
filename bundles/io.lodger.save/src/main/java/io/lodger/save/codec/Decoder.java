package io.lodger.save.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The way back from bytes to values, as {@link Codec} has it. */
final class Decoder {

    private Decoder() {
    }

    static Object read(Type type, ByteBuffer in) throws CodecException {
        var raw = Codec.raw(type);
        if (raw == boolean.class || raw == Boolean.class) {
            return readBoolean(in);
        } else if (raw == int.class || raw == Integer.class) {
            return in.getInt();
        } else if (raw == long.class || raw == Long.class) {
            return in.getLong();
        } else if (raw == String.class) {
            return new String(readBytes(in), UTF_8);
        } else if (raw == byte[].class) {
            return readBytes(in);
        } else if (raw.isEnum()) {
            return constant(raw, new String(readBytes(in), UTF_8));
        } else if (raw == Optional.class) {
            return readBoolean(in) ? Optional.of(read(Codec.argument(type, 0), in)) : Optional.empty();
        } else if (raw == List.class) {
            int count = count(in);
            var list = new ArrayList<Object>();
            for (int i = 0; i < count; i++) {
                list.add(read(Codec.argument(type, 0), in));
            }
            return list;
        } else if (raw == Map.class) {
            int count = count(in);
            var map = new LinkedHashMap<Object, Object>();
            for (int i = 0; i < count; i++) {
                map.put(read(String.class, in), read(Codec.argument(type, 1), in));
            }
            return map;
        } else if (raw.isRecord()) {
            return readRecord(raw, in);
        }
        throw new IllegalArgumentException("nothing stands for the type " + type);
    }

    private static boolean readBoolean(ByteBuffer in) throws CodecException {
        byte value = in.get();
        if (value != 0 && value != 1) {
            throw new CodecException("a boolean is 0 or 1, not " + value);
        }
        return value == 1;
    }

    private static byte[] readBytes(ByteBuffer in) throws CodecException {
        var value = new byte[count(in)];
        in.get(value);
        return value;
    }

    /** Every value takes at least a byte, so a count above what is left is none. */
    private static int count(ByteBuffer in) throws CodecException {
        int count = in.getInt();
        if (count < 0 || count > in.remaining()) {
            throw new CodecException("a length of " + count + " where " + in.remaining() + " bytes are left");
        }
        return count;
    }

    private static Object constant(Class<?> type, String name) throws CodecException {
        return Arrays.stream(type.getEnumConstants()).filter(constant -> ((Enum<?>) constant).name().equals(name)).findFirst()
                .orElseThrow(() -> new CodecException(type.getSimpleName() + " has no constant " + name));
    }

    private static Object readRecord(Class<?> type, ByteBuffer in) throws CodecException {
        var components = type.getRecordComponents();
        var types = new Class<?>[components.length];
        var values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = read(components[i].getGenericType(), in);
        }
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new CodecException("no " + type.getSimpleName() + " can be made: " + e);
        }
    }
}
