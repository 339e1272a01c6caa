package io.lodger.ctl.verb;

/** What was asked for was looked at and turned down; the message is a sentence that says why. */
public final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    public RefusedException(String sentence) {
        super(sentence);
    }
}
