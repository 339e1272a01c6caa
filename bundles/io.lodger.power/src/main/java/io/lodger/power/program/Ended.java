package io.lodger.power.program;

/**
 * How a program ended.
 *
 * @param program its name
 * @param status its exit status, or 128 and the number of the signal that killed it
 * @param output what it printed to its standard output and error; the first 64 KiB
 */
public record Ended(String program, int status, String output) {

    /** So much of a program's output stands in an error. */
    private static final int QUOTED_LIMIT = 300;
    private static final int SIGNALLED = 128;
    private static final int SIGTERM = 15;

    /** Whether somebody asked it to end before it had, with the signal SIGTERM, as a service manager does with all of a service. */
    public boolean wasTerminated() {
        return status == SIGNALLED + SIGTERM;
    }

    /** Why that is a failure: {@code "pm-suspend ended with status 1: ..."}. */
    public String failure() {
        var how = status > SIGNALLED && status < SIGNALLED + 65 ? " was killed by signal " + (status - SIGNALLED)
                : " ended with status " + status;
        return program + how + quoted(output);
    }

    /** A program's output in one line for the end of a sentence; nothing where it printed nothing. */
    static String quoted(String output) {
        var text = output.strip().replaceAll("\\s+", " ");
        if (text.isEmpty()) {
            return "";
        }
        return ": " + (text.length() <= QUOTED_LIMIT ? text : text.substring(0, QUOTED_LIMIT) + "...");
    }
}
