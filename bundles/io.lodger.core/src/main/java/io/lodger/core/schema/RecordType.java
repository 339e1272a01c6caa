package io.lodger.core.schema;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/** Makes values of one record class and takes them apart, its components in their order. */
public final class RecordType {

    private final Constructor<?> constructor;
    private final Method[] accessors;

    RecordType(Class<?> type) {
        var components = type.getRecordComponents();
        var types = new Class<?>[components.length];
        accessors = new Method[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            accessors[i] = components[i].getAccessor();
            // The records of a command are often nested in it and not public; the command is what was published, not they.
            accessors[i].trySetAccessible();
        }
        try {
            constructor = type.getDeclaredConstructor(types);
            constructor.trySetAccessible();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a record always has its canonical constructor", e);
        }
    }

    /** A record of these component values; throws what its compact constructor throws. */
    public Object create(Object[] values) throws Exception {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw unwrapped(e);
        }
    }

    /** The value of the component at this index. */
    public Object get(Object value, int index) throws Exception {
        try {
            return accessors[index].invoke(value);
        } catch (InvocationTargetException e) {
            throw unwrapped(e);
        }
    }

    private static Exception unwrapped(InvocationTargetException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return (Exception) e.getCause();
    }
}
