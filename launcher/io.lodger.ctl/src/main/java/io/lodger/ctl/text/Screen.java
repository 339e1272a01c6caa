package io.lodger.ctl.text;

import com.google.gson.FormattingStyle;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;

/** Where results go: laid out for people, or as one line of JSON for programs. */
public final class Screen {
    private static final Gson COMPACT = new GsonBuilder().disableHtmlEscaping().serializeNulls().create();
    private static final Gson PRETTY =
        new GsonBuilder().disableHtmlEscaping().serializeNulls().setFormattingStyle(FormattingStyle.PRETTY).create();

    private final PrintWriter out;
    private final boolean json;
    private final Progress progress;

    /** @param json whether programs read what is shown */
    public Screen(PrintWriter out, boolean json) {
        this(out, json, Progress.UNSEEN);
    }

    /** @param progress who is told while something long goes on */
    public Screen(PrintWriter out, boolean json, Progress progress) {
        this.out = out;
        this.json = json;
        this.progress = progress;
    }

    /** Who is told while something long goes on. */
    public Progress progress() {
        return progress;
    }

    public boolean isJson() {
        return json;
    }

    /** Shows a value as JSON: indented for people, on one line of ASCII for programs. */
    public void json(JsonElement value) {
        var writer = new EscapingWriter(out, json
            ? unit -> !Printable.isAscii((char) unit)
            : unit -> unit != '\n' && Printable.isUnsafe((char) unit));
        var gson = json ? COMPACT : PRETTY;
        try {
            gson.toJson(value, gson.newJsonWriter(writer));
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.println();
        out.flush();
    }

    public void table(Table table) {
        table.lines().forEach(out::println);
        out.flush();
    }

    /** Shows a line for people; what came from a guest is made printable. */
    public void line(String text) {
        out.println(Printable.text(text));
        out.flush();
    }
}
