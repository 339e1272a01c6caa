package io.lodger.core.protocol;

import io.lodger.command.CommandException;
import io.lodger.core.json.GrowingBuffer;
import io.lodger.core.json.Json;
import io.lodger.core.json.Result;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A reply of the guest-agent protocol: one line of ASCII that holds an object with the member {@code return} or {@code error}, and
 * {@code id} where the request had one.
 *
 * @param line the reply's bytes, with the line feed that ends them; to be read once
 */
public record Reply(ByteBuffer line) {

    /** The byte that no JSON text contains; {@code guest-sync-delimited} promises it before its reply. */
    private static final byte DELIMITER = (byte) 0xFF;

    /**
     * The reply of a command that succeeded.
     *
     * @throws Exception when the result can't be written, {@link Result#writeTo}
     */
    public static Reply success(Result result, Optional<Json> id) throws Exception {
        return success(new GrowingBuffer(), result, id);
    }

    /** The same with the byte 0xFF before it. */
    public static Reply delimitedSuccess(Result result, Optional<Json> id) throws Exception {
        return success(new GrowingBuffer().append(DELIMITER), result, id);
    }

    private static Reply success(GrowingBuffer line, Result result, Optional<Json> id) throws Exception {
        line.append("{\"return\": ");
        result.writeTo(line);
        id.ifPresent(value -> value.writeTo(line.append(", \"id\": ")));
        return new Reply(line.append("}\n").toByteBuffer());
    }

    /** A failure of the class that nearly all failures have. */
    public static Reply error(String description, Optional<Json> id) {
        return error(CommandException.GENERIC_ERROR, description, id);
    }

    /** A failure of some class; the description is a sentence for an operator. */
    public static Reply error(String errorClass, String description, Optional<Json> id) {
        var line = new GrowingBuffer().append('{');
        id.ifPresent(value -> {
            value.writeTo(line.append("\"id\": "));
            line.append(", ");
        });
        Json.text(errorClass).writeTo(line.append("\"error\": {\"class\": "));
        Json.text(description).writeTo(line.append(", \"desc\": "));
        return new Reply(line.append("}}\n").toByteBuffer());
    }
}
