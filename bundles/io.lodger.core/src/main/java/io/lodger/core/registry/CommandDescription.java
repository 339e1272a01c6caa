package io.lodger.core.registry;

import io.lodger.command.Command;
import io.lodger.command.Doc;
import io.lodger.command.GuestCommand;
import io.lodger.core.schema.Shape;
import io.lodger.core.schema.UnsupportedTypeException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;

/** What is known of a command without calling it. What has to be derived from its class is derived when it is asked for. */
public final class CommandDescription {

    private final Class<?> type;
    private final CommandFacts facts;
    private final Origin origin;
    private Shape arguments;
    private Shape result;

    /** The bundle a command comes from: its symbolic name and version. */
    public record Origin(String bundle, String version) {
    }

    /** Describes a command whose class is known to be what the contract asks for. */
    public CommandDescription(Class<?> type, CommandFacts facts, Origin origin) {
        this.type = type;
        this.facts = facts;
        this.origin = origin;
    }

    /**
     * Describes a command by its class, and checks the class.
     *
     * @throws UnsupportedTypeException when it uses a type that has no form on the wire
     * @throws IllegalArgumentException when its class isn't what the contract asks for; the message says what is missing
     */
    public static CommandDescription of(Class<?> type, Origin origin) {
        var declared = type.getAnnotation(GuestCommand.class);
        if (declared == null) {
            throw new IllegalArgumentException("class " + type.getName() + " lacks @GuestCommand");
        }
        var description = new CommandDescription(type, CommandFacts.of(declared), origin);
        description.arguments();
        return description;
    }

    /** The command's name on the wire. */
    public String name() {
        return facts.name();
    }

    public CommandFacts facts() {
        return facts;
    }

    public Origin origin() {
        return origin;
    }

    /** Its sentence for operators; empty when it has none. */
    public String doc() {
        var doc = type.getAnnotation(Doc.class);
        return doc == null ? "" : doc.value();
    }

    /** The shape of its arguments record. */
    public synchronized Shape arguments() {
        derive();
        return arguments;
    }

    /** The shape of its result. */
    public synchronized Shape result() {
        derive();
        return result;
    }

    private void derive() {
        if (arguments == null) {
            var types = types();
            result = Shape.of(types[1]);
            arguments = Shape.ofArguments(types[0]);
        }
    }

    private Type[] types() {
        return Arrays.stream(type.getGenericInterfaces())
                .filter(i -> i instanceof ParameterizedType p && p.getRawType() == Command.class)
                .map(i -> ((ParameterizedType) i).getActualTypeArguments())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "class " + type.getName() + " must itself say implements Command<its arguments record, its result>"));
    }
}
