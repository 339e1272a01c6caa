package io.lodger.ctl.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import io.lodger.ctl.agent.CommandDescription;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.jline.reader.Parser.ParseContext;

class CompletionsTest {
    private static final Completions COMPLETIONS = new Completions(Map.of("help", "helps"), List.of(
        command("guest-ping", "{}"),
        command("guest-file-seek", """
            {"doc": "Seeks.", "arguments": {"type": "object", "properties": {
              "handle": {"type": "integer", "description": "which"}, "whence": {"type": "string", "enum": ["set", "cur", "end"]},
              "dry": {"type": "boolean"}}}}""")));

    @Test
    void aLineBeginsWithAVerbOrACommand() {
        assertFits("", "help", "guest-ping", "guest-file-seek");
        assertFits("guest-f", "guest-file-seek");
        assertFits("x");
    }

    @Test
    void verbsThatTakeACommandAreFollowedByOne() {
        assertFits("help guest-p", "guest-ping");
        assertFits("describe guest-ping ");
        assertFits("call ", "guest-ping", "guest-file-seek");
    }

    @Test
    void aCommandIsFollowedByTheArgumentsNotYetGiven() {
        assertFits("guest-file-seek ", "handle=", "whence=", "dry=");
        assertFits("call guest-file-seek handle=1 whence=set ", "dry=");
        assertFits("guest-ping ");
    }

    @Test
    void anArgumentIsFollowedByTheValuesItMayHave() {
        assertFits("guest-file-seek whence=", "whence=set", "whence=cur", "whence=end");
        assertFits("guest-file-seek whence=c", "whence=cur");
        assertFits("guest-file-seek dry=", "dry=true", "dry=false");
        assertFits("guest-file-seek handle=");
    }

    @Test
    void onlyArgumentNamesAreUnfinished() {
        assertEquals(List.of(new Completions.Completion("handle=", "which", false)), COMPLETIONS.of(List.of("guest-file-seek", "h")));
        assertEquals(List.of(new Completions.Completion("guest-file-seek", "Seeks.", true)), COMPLETIONS.of(List.of("guest-f")));
    }

    private static void assertFits(String line, String... words) {
        var parsed = new WordsParser().parse(line, line.length(), ParseContext.COMPLETE);
        assertEquals(List.of(words), COMPLETIONS.of(parsed.words()).stream().map(Completions.Completion::word).toList());
    }

    private static CommandDescription command(String name, String json) {
        return new CommandDescription(name, JsonParser.parseString(json).getAsJsonObject());
    }
}
