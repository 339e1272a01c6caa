package io.lodger.core.registry;

import io.lodger.command.Command;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.core.schema.Shape;
import io.lodger.core.schema.UnsupportedTypeException;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;

/**
 * What is known of a command without calling it.
 *
 * @param facts name and behaviour, as {@link GuestCommand} declares them
 * @param doc its sentence for operators; empty when it has none
 * @param origin the bundle it comes from
 * @param arguments the shape of its arguments record
 * @param result the shape of its result
 */
public record CommandDescription(GuestCommand facts, String doc, Origin origin, Shape arguments, Shape result) {

    /** The bundle a command comes from: its symbolic name and version. */
    public record Origin(String bundle, String version) {
    }

    /**
     * Describes a command by its class.
     *
     * @throws UnsupportedTypeException when it uses a type that has no form on the wire
     * @throws IllegalArgumentException when its class isn't what the contract asks for; the message says what is missing
     */
    public static CommandDescription of(Class<?> type, Origin origin) {
        var facts = type.getAnnotation(GuestCommand.class);
        if (facts == null) {
            throw new IllegalArgumentException("class " + type.getName() + " lacks @GuestCommand");
        }
        var command = Arrays.stream(type.getGenericInterfaces())
                .filter(i -> i instanceof ParameterizedType p && p.getRawType() == Command.class)
                .map(ParameterizedType.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "class " + type.getName() + " must itself say implements Command<its arguments record, its result>"));
        var types = command.getActualTypeArguments();
        var doc = type.getAnnotation(Doc.class);
        return new CommandDescription(facts, doc == null ? "" : doc.value(), origin, Shape.of(types[0]), Shape.of(types[1]));
    }

    /** The command's name on the wire. */
    public String name() {
        return facts.name();
    }
}
