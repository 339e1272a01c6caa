package io.lodger.save.codec;

import java.io.IOException;

/** Bytes that stand for nothing of the type that was asked for. */
public final class CodecException extends IOException {

    private static final long serialVersionUID = 1L;

    CodecException(String message) {
        super(message);
    }
}
