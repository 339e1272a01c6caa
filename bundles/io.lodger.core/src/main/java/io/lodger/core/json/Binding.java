package io.lodger.core.json;

import io.lodger.core.schema.Shape;

/** Turns the arguments of one command from JSON into its record, and its result into JSON. Strict both ways. */
public final class Binding {

    private final Shape arguments;
    private final Shape result;

    /** A binding of these shapes; {@code arguments} is a record's. */
    public Binding(Shape arguments, Shape result) {
        this.arguments = arguments;
        this.result = result;
    }

    /**
     * The record of the arguments that the host sent.
     *
     * @throws ArgumentException when they don't fit
     * @throws Exception what the record's compact constructor threw
     */
    public Record arguments(Json object) throws Exception {
        return (Record) ArgumentReader.read(arguments, object.tree(), "");
    }

    /** What the command returned, checked when it is written. */
    public Result result(Object value) {
        return new Result(result, value);
    }
}
