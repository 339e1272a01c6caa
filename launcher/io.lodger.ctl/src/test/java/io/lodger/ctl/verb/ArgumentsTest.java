package io.lodger.ctl.verb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonParser;
import io.lodger.ctl.agent.CommandDescription;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static final Arguments DESCRIBED = new Arguments("x-do", Optional.of(new CommandDescription("x-do", JsonParser.parseString("""
        {"arguments": {"type": "object", "properties": {
          "text": {"type": "string"}, "count": {"type": "integer"}, "ratio": {"type": "number"}, "flag": {"type": "boolean"},
          "whence": {"type": "string", "enum": ["set", "cur"]}, "list": {"type": "array"}, "map": {"type": "object"}, "any": {}}}}
        """).getAsJsonObject())));
    private static final Arguments PLAIN = new Arguments("x-do", Optional.empty());

    @Test
    void valuesHaveTheTypeTheAgentDescribes() throws UsageException {
        assertEquals("{\"text\":\"123\",\"count\":18446744073709551615,\"ratio\":0.5,\"flag\":true,\"whence\":\"cur\",\"list\":[1,\"a\"],"
            + "\"map\":{\"a\":null},\"any\":7}",
            read(DESCRIBED, "text=123", "count=18446744073709551615", "ratio=0.5", "flag=true", "whence=cur", "list=[1,\"a\"]",
                "map={\"a\":null}", "any=7"));
    }

    @Test
    void valuesMayHoldEqualsSignsAndBeEmpty() throws UsageException {
        assertEquals("{\"text\":\"a=b=\"}", read(DESCRIBED, "text=a=b="));
        assertEquals("{\"text\":\"\"}", read(DESCRIBED, "text="));
    }

    @Test
    void withoutADescriptionValuesAreWhatTheyLookLike() throws UsageException {
        assertEquals("{\"a\":1,\"b\":true,\"c\":\"text\",\"d\":\"12\",\"e\":[1],\"f\":\"[x\",\"g\":null,\"h\":\"007\",\"i\":\"\"}",
            read(PLAIN, "a=1", "b=true", "c=text", "d=\"12\"", "e=[1]", "f=[x", "g=null", "h=007", "i="));
    }

    @Test
    void oneJsonObjectMayHoldAllArguments() throws UsageException {
        assertEquals("{\"a\":{\"b\":9007199254740993}}", read(DESCRIBED, "{\"a\": {\"b\": 9007199254740993}}"));
    }

    @Test
    void noWordsAreNoArguments() throws UsageException {
        assertEquals(Optional.empty(), PLAIN.read(List.of()));
    }

    @Test
    void refusalsSayWhatWouldBeRight() {
        assertRefused("argument 'count' of x-do must be an integer, not '1.5'", "count=1.5");
        assertRefused("argument 'ratio' of x-do must be a number, not 'half'", "ratio=half");
        assertRefused("argument 'flag' of x-do must be true or false, not 'yes'", "flag=yes");
        assertRefused("argument 'whence' of x-do must be one of set, cur, not 'end'", "whence=end");
        assertRefused("argument 'list' of x-do must be an array in JSON, such as [\"a\", \"b\"], not 'a,b'", "list=a,b");
        assertRefused("argument 'map' of x-do must be an object in JSON, such as {\"a\": 1}, not '[1]'", "map=[1]");
        assertRefused("x-do has no argument 'texts'; it takes text, count, ratio, flag, whence, list, map, any", "texts=a");
        assertRefused("argument 'text' of x-do is given twice", "text=a", "text=b");
        assertRefused("the arguments of x-do are no valid JSON object: {\"a\": }", "{\"a\": }");
        assertRefused("nothing may follow the JSON object with the arguments of x-do, but 'text=a' does", "{}", "text=a");
        assertRefused("'alone' is no argument of x-do: write ARG=VALUE, or one JSON object; "
            + "it takes text, count, ratio, flag, whence, list, map, any", "alone");
    }

    private static void assertRefused(String sentence, String... words) {
        assertEquals(sentence, assertThrows(UsageException.class, () -> read(DESCRIBED, words)).getMessage());
    }

    private static String read(Arguments arguments, String... words) throws UsageException {
        return arguments.read(List.of(words)).orElseThrow().toString();
    }
}
