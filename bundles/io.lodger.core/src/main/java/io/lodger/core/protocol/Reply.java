package io.lodger.core.protocol;

import io.lodger.command.CommandException;
import io.lodger.core.json.GrowingBuffer;
import io.lodger.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * A reply of the guest-agent protocol: one line of ASCII that holds an object with the member {@code return} or {@code error}, and
 * {@code id} where the request had one.
 *
 * @param line the reply's bytes, with the line feed that ends them
 */
public record Reply(byte[] line) {

    /** The byte that no JSON text contains; {@code guest-sync-delimited} promises it before its reply. */
    private static final byte DELIMITER = (byte) 0xFF;

    /** The reply of a command that succeeded. */
    public static Reply success(Json result, Optional<Json> id) {
        return new Reply(line(successBody(result, id), false));
    }

    /** The same with the byte 0xFF before it. */
    public static Reply delimitedSuccess(Json result, Optional<Json> id) {
        return new Reply(line(successBody(result, id), true));
    }

    /** A failure of the class that nearly all failures have. */
    public static Reply error(String description, Optional<Json> id) {
        return error(CommandException.GENERIC_ERROR, description, id);
    }

    /** A failure of some class; the description is a sentence for an operator. */
    public static Reply error(String errorClass, String description, Optional<Json> id) {
        var error = new LinkedHashMap<String, Json>();
        error.put("class", Json.text(errorClass));
        error.put("desc", Json.text(description));
        var members = new LinkedHashMap<String, Json>();
        id.ifPresent(value -> members.put("id", value));
        members.put("error", Json.object(error));
        return new Reply(line(Json.object(members), false));
    }

    private static Json successBody(Json result, Optional<Json> id) {
        var members = new LinkedHashMap<String, Json>();
        members.put("return", result);
        id.ifPresent(value -> members.put("id", value));
        return Json.object(members);
    }

    private static byte[] line(Json body, boolean delimited) {
        var line = new GrowingBuffer();
        if (delimited) {
            line.append(DELIMITER);
        }
        body.writeTo(line);
        line.append('\n');
        return line.toByteArray();
    }
}
