package io.lodger.ctl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.lodger.ctl.ScriptedPeer.Script;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CommandLineTest {
    private static final String INFO = """
        "return": {"version": "1.0.0", "supported_commands": [
        {"name": "guest-ping", "enabled": true, "success-response": true},
        {"name": "lodger-describe", "enabled": true, "success-response": true}]}""".replace("\n", "");
    private static final String DESCRIPTION = """
        "return": [{"name": "guest-ping", "doc": "Answers.\\u001b[31m", "bundle": "io.lodger.core", "bundle-version": "1.0.0",
         "arguments": {"type": "object", "properties": {"count": {"type": "integer", "description": "how often", "minimum": 1},
         "tags": {"type": "array", "items": {"type": "object", "properties": {"key": {"type": "string"}}, "required": ["key"]}}},
         "required": ["count"]},
         "result": {"type": "object", "properties": {}}, "responds-on-success": true, "while-frozen": true}]""".replace("\n", "");
    private static final Map<String, String> LODGER = Map.of(
        "guest-info", INFO, "lodger-describe", DESCRIPTION, "guest-ping", "\"return\": {\"a\": [1, \"\\u009b\"]}");
    private static final Map<String, String> QEMU = Map.of(
        "guest-info", "\"return\": {\"supported_commands\": [{\"name\": \"guest-ping\", \"enabled\": false}]}",
        "guest-ping", "\"return\": {}");

    @TempDir
    Path folder;

    private record Outcome(int exitCode, String out, String err) {
    }

    @Test
    void callShowsTheResultIndentedAndPrintable() throws Exception {
        assertEquals(new Outcome(0, """
            {
              "a": [
                1,
                "\\u009B"
              ]
            }
            """, ""), run(LODGER, "call", "guest-ping"));
    }

    @Test
    void jsonOptionGivesOneLine() throws Exception {
        assertEquals(new Outcome(0, "{\"a\":[1,\"\\u009B\"]}\n", ""), run(LODGER, "call", "--json", "guest-ping", "count=1"));
    }

    @Test
    void agentsErrorEndsWithOne() throws Exception {
        assertEquals(new Outcome(1, "", "lodgerctl: CommandNotFound: The command guest-nope has not been found\n"),
            run(QEMU, "call", "guest-nope"));
    }

    @Test
    void jsonOptionGivesErrorsAsJsonToo() throws Exception {
        assertEquals(new Outcome(1, "",
            "{\"error\":{\"class\":\"CommandNotFound\",\"desc\":\"The command guest-nope has not been found\"}}\n"),
            run(QEMU, "call", "guest-nope", "--json"));
    }

    @Test
    void wrongArgumentEndsWithTwo() throws Exception {
        assertEquals(new Outcome(2, "", "lodgerctl: argument 'count' of guest-ping must be an integer, not 'x'\n"),
            run(LODGER, "call", "guest-ping", "count=x"));
    }

    @Test
    void missingSocketEndsWithThree() {
        var socket = folder.resolve("agent.sock");
        assertEquals(new Outcome(3, "",
            "lodgerctl: there is no socket " + socket + "; is the path right and the virtual machine running?\n"),
            run(socket, "call", "guest-ping"));
    }

    @Test
    void silenceEndsWithThree() throws Exception {
        var socket = folder.resolve("agent.sock");
        try (var peer = new ScriptedPeer(socket, ScriptedPeer.Connection::awaitEnd)) {
            assertEquals(new Outcome(3, "",
                "lodgerctl: nothing answered on " + socket + " within 0.1 s; is the agent running in the guest?\n"),
                run(socket, "--timeout", "0.1", "commands"));
        }
    }

    @Test
    void wrongTimeoutIsRefused() {
        var outcome = run(folder, "--timeout=soon", "commands");
        assertEquals(2, outcome.exitCode());
        assertTrue(outcome.err().startsWith("lodgerctl: Invalid value for option '--timeout': 'soon' is no number of seconds"),
            outcome.err());
    }

    @Test
    void commandsAreATable() throws Exception {
        assertEquals(new Outcome(0, """
            COMMAND          ENABLED  BUNDLE          VERSION  DESCRIPTION
            guest-ping       yes      io.lodger.core  1.0.0    Answers.\\u001B[31m
            lodger-describe  yes      -               -
            """, ""), run(LODGER, "commands"));
    }

    @Test
    void commandsOfAnAgentThatDescribesNothingAreAShorterTable() throws Exception {
        assertEquals(new Outcome(0, """
            COMMAND     ENABLED
            guest-ping  no
            """, ""), run(QEMU, "commands"));
    }

    @Test
    void describeShowsArgumentsAndResult() throws Exception {
        assertEquals(new Outcome(0, """
            guest-ping
              Answers.\\u001B[31m

            From bundle io.lodger.core 1.0.0. Answers always. May be called while filesystems are frozen.

            ARGUMENT  TYPE             NEEDED  DESCRIPTION
            count     integer from 1   yes     how often
            tags      array of object  no
              key     string           yes

            Returns object (empty)
            """, ""), run(LODGER, "describe", "guest-ping"));
    }

    @Test
    void describeSaysWhenTheAgentCannot() throws Exception {
        var outcome = run(QEMU, "describe", "guest-ping");
        assertEquals(1, outcome.exitCode());
        assertTrue(outcome.err().contains("cannot describe its commands, as it has no lodger-describe"), outcome.err());
    }

    @Test
    void interfacesAreATable() throws Exception {
        var interfaces = """
            "return": [{"name": "lo", "hardware-address": "00:00:00:00:00:00", "ip-addresses": [
            {"ip-address": "127.0.0.1", "ip-address-type": "ipv4", "prefix": 8},
            {"ip-address": "::1", "ip-address-type": "ipv6", "prefix": 128}],
            "statistics": {"rx-bytes": 1536, "rx-packets": 29, "rx-errs": 0, "rx-dropped": 0,
             "tx-bytes": 18446744073709551615, "tx-packets": 12345, "tx-errs": 1, "tx-dropped": 0}},
            {"name": "e\\nth0"}]""".replace("\n", "");
        assertEquals(new Outcome(0, """
            NAME        HARDWARE ADDRESS   ADDRESSES         RX  PACKETS  ERRORS        TX  PACKETS  ERRORS
            lo          00:00:00:00:00:00  127.0.0.1/8  1.5 KiB       29       0  15.9 EiB    12.3k       1
                                           ::1/128
            e\\u000Ath0  -                  -                  -        -       -         -        -       -
            """, ""), run(Map.of("guest-network-get-interfaces", interfaces), "interfaces"));
    }

    private Outcome run(Map<String, String> replies, String... words) throws Exception {
        Script script = ScriptedPeer.answering(replies);
        try (var peer = new ScriptedPeer(folder.resolve("agent.sock"), script)) {
            return run(folder.resolve("agent.sock"), words);
        }
    }

    private Outcome run(Path socket, String... words) {
        var out = new StringWriter();
        var err = new StringWriter();
        var line = new ArrayList<>(List.of("--socket", socket.toString()));
        line.addAll(List.of(words));
        var exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), line.toArray(String[]::new));
        return new Outcome(exitCode, out.toString(), err.toString());
    }
}
