package io.lodger.core.protocol;

import io.lodger.core.json.Json;
import java.util.Optional;

/**
 * A request of the guest-agent protocol: {@code {"execute": NAME, "arguments": OBJECT, "id": ANY}}.
 *
 * @param arguments the arguments; an empty object when the host sent none
 * @param id what the host wants to see again in the reply
 */
public record Request(String command, Json arguments, Optional<Json> id) {

    /**
     * Reads the envelope of a message.
     *
     * @throws EnvelopeException when the message is no request
     */
    public static Request of(Json message) throws EnvelopeException {
        if (!message.isObject()) {
            throw new EnvelopeException("QMP input must be a JSON object", Optional.empty());
        }
        var id = message.member("id");
        for (var name : message.names()) {
            check(name, message.member(name).orElseThrow(), id);
        }
        var command = message.member("execute").flatMap(Json::text)
                .orElseThrow(() -> new EnvelopeException("QMP input lacks member 'execute'", id));
        return new Request(command, message.member("arguments").orElse(Json.EMPTY_OBJECT), id);
    }

    private static void check(String name, Json value, Optional<Json> id) throws EnvelopeException {
        switch (name) {
            case "execute" -> {
                if (value.text().isEmpty()) {
                    throw new EnvelopeException("QMP input member 'execute' must be a string", id);
                }
            }
            case "arguments" -> {
                if (!value.isObject()) {
                    throw new EnvelopeException("QMP input member 'arguments' must be an object", id);
                }
            }
            case "id" -> {
                // Any value will do; it goes back as it came.
            }
            default -> throw new EnvelopeException("QMP input member '" + name + "' is unexpected", id);
        }
    }
}
