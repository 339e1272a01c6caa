package io.lodger.ctl.verb;

/** What the user typed cannot be meant; the message is a sentence that says what would be right. */
public final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    public UsageException(String sentence) {
        super(sentence);
    }
}
