package io.lodger.ctl;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What one command line came to.
 *
 * @param out what it wrote to standard output
 * @param err and to standard error
 */
public record Ran(int exitCode, String out, String err) {
    /** Runs a command line to its end. */
    public static Ran words(String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        var exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
        return new Ran(exitCode, out.toString(), err.toString());
    }
}
