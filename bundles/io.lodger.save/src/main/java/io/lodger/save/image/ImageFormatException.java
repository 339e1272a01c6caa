package io.lodger.save.image;

import java.io.IOException;

/** A file that is no image, or no whole one. */
public final class ImageFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    ImageFormatException(String message) {
        super(message);
    }
}
