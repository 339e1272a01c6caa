package io.lodger.core.framing;

import io.lodger.core.framing.Tokens.Kind;

/** Where in a token, or between tokens, the reader is. */
enum LexerState {
    BETWEEN, SKIPPING, STRING, ESCAPE, KEYWORD,
    SIGN, ZERO, DIGITS, POINT, FRACTION, EXPONENT, EXPONENT_SIGN, EXPONENT_DIGITS,

    /** The byte doesn't belong to the word, which is complete without it. */
    COMPLETE,

    /** The byte makes the word an error. */
    ERROR;

    /** The state after one more byte of a word: a keyword or a number. */
    LexerState next(byte next) {
        return switch (this) {
            case KEYWORD -> isLetter(next) ? KEYWORD : COMPLETE;
            case SIGN -> next == '0' ? ZERO : isDigit(next) ? DIGITS : ERROR;
            case ZERO -> isDigit(next) ? ERROR : afterDigits(next);
            case DIGITS -> isDigit(next) ? DIGITS : afterDigits(next);
            case POINT -> isDigit(next) ? FRACTION : ERROR;
            case FRACTION -> isDigit(next) ? FRACTION : isExponent(next) ? EXPONENT : COMPLETE;
            case EXPONENT -> isDigit(next) ? EXPONENT_DIGITS : next == '+' || next == '-' ? EXPONENT_SIGN : ERROR;
            case EXPONENT_SIGN -> isDigit(next) ? EXPONENT_DIGITS : ERROR;
            case EXPONENT_DIGITS -> isDigit(next) ? EXPONENT_DIGITS : COMPLETE;
            default -> throw new IllegalStateException(this + " is no state of a word");
        };
    }

    /** The kind of the word that is complete in this state. */
    Kind kind() {
        return switch (this) {
            case KEYWORD -> Kind.KEYWORD;
            case ZERO, DIGITS -> Kind.INTEGER;
            case FRACTION, EXPONENT_DIGITS -> Kind.FLOAT;
            default -> throw new IllegalStateException("no word ends in " + this);
        };
    }

    static boolean isDigit(byte character) {
        return character >= '0' && character <= '9';
    }

    static boolean isLetter(byte character) {
        return character >= 'a' && character <= 'z';
    }

    private static LexerState afterDigits(byte next) {
        return next == '.' ? POINT : isExponent(next) ? EXPONENT : COMPLETE;
    }

    private static boolean isExponent(byte character) {
        return character == 'e' || character == 'E';
    }
}
