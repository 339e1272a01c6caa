package io.lodger.save.protocol;

import io.lodger.save.image.ImageFacts;
import io.lodger.save.image.Verification;
import java.util.Map;
import java.util.Optional;

/**
 * How the work came out: exactly one of the four is there.
 *
 * @param saved the image that was written
 * @param restored what came of a restore, by name
 * @param verified what is wrong with an image, or that nothing is
 * @param failure why it failed
 */
public record Completion(Optional<ImageFacts> saved, Optional<Map<String, String>> restored, Optional<Verification> verified,
        Optional<Failure> failure) {

    /**
     * A failure.
     *
     * @param message a sentence that an operator can act on
     * @param errno the error's number, errno(3), where a system call has failed that tells one
     */
    public record Failure(String message, Optional<Integer> errno) {
    }

    /** An image was written. */
    public static Completion saved(ImageFacts image) {
        return new Completion(Optional.of(image), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Something was restored. */
    public static Completion restored(Map<String, String> outcome) {
        return new Completion(Optional.empty(), Optional.of(outcome), Optional.empty(), Optional.empty());
    }

    /** An image was read. */
    public static Completion verified(Verification verification) {
        return new Completion(Optional.empty(), Optional.empty(), Optional.of(verification), Optional.empty());
    }

    /** It failed. */
    public static Completion failed(String message, Optional<Integer> errno) {
        return new Completion(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(new Failure(message, errno)));
    }
}
