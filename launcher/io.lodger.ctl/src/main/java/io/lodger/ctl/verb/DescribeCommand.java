package io.lodger.ctl.verb;

import com.google.gson.JsonObject;
import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.agent.CommandDescription;
import io.lodger.ctl.agent.Member;
import io.lodger.ctl.text.Screen;
import io.lodger.ctl.text.Table;
import java.util.ArrayList;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code describe NAME}, from {@code lodger-describe}. */
@Command(name = "describe", description = "Shows what a command does, takes and returns, as the agent describes it.")
public final class DescribeCommand implements Verb {
    @Parameters(index = "0", paramLabel = "NAME", description = "The command, such as guest-sync.")
    private String name;

    @Override
    public int run(Agent agent, Screen screen) throws AgentErrorException, AgentUnavailableException {
        var description = agent.describe(name).orElseThrow(() -> new AgentErrorException("CommandNotFound",
            "the agent on " + agent.name() + " cannot describe its commands, as it has no lodger-describe; it is not Lodger"));
        if (screen.isJson()) {
            screen.json(description.json());
            return 0;
        }
        screen.line(name);
        description.doc().ifPresent(doc -> screen.line("  " + doc));
        screen.line("");
        screen.line("From bundle " + description.bundle().orElse("?") + " " + description.bundleVersion().orElse("?") + ". "
            + (description.respondsOnSuccess() ? "Answers always. " : "Answers only when it fails. ")
            + description.whileFrozen().map(frozen -> frozen
                ? "May be called while filesystems are frozen."
                : "May not be called while filesystems are frozen.").orElse(""));
        screen.line("");
        var properties = description.properties();
        if (properties.isEmpty()) {
            screen.line("Takes no arguments.");
        } else {
            var table = new Table("ARGUMENT", "TYPE", "NEEDED", "DESCRIPTION");
            members(table, description.arguments().orElseThrow(), "");
            screen.table(table);
        }
        screen.line("");
        description.result().ifPresentOrElse(result -> result(screen, result), () -> screen.line("Says nothing about its result."));
        return 0;
    }

    private static void result(Screen screen, JsonObject schema) {
        screen.line("Returns " + type(schema) + Member.text(schema, "description").map(text -> ": " + text).orElse(""));
        var object = element(schema);
        if (!CommandDescription.propertiesOf(object).isEmpty()) {
            var table = new Table("MEMBER", "TYPE", "ALWAYS", "DESCRIPTION");
            members(table, object, "");
            screen.table(table);
        }
    }

    private static void members(Table table, JsonObject schema, String indent) {
        Set<String> required = CommandDescription.requiredOf(schema);
        CommandDescription.propertiesOf(schema).forEach((member, type) -> {
            table.row(indent + member, type(type), required.contains(member) ? "yes" : "no", Member.text(type, "description").orElse(""));
            members(table, element(type), indent + "  ");
        });
    }

    /** The schema of what an array holds in the end, or the schema itself. */
    private static JsonObject element(JsonObject schema) {
        return Member.object(schema, "items").map(DescribeCommand::element).orElse(schema);
    }

    private static String type(JsonObject schema) {
        var values = CommandDescription.valuesOf(schema);
        if (!values.isEmpty()) {
            return String.join(" | ", values);
        }
        var type = Member.text(schema, "type").orElse("any");
        if (type.equals("array")) {
            return "array of " + Member.object(schema, "items").map(DescribeCommand::type).orElse("any");
        }
        if (type.equals("object") && CommandDescription.propertiesOf(schema).isEmpty()) {
            return "object (empty)";
        }
        var words = new ArrayList<String>();
        words.add(type);
        Member.text(schema, "contentEncoding").ifPresent(encoding -> words.add("in " + encoding));
        Member.number(schema, "minimum").ifPresent(minimum -> words.add("from " + minimum));
        Member.number(schema, "maximum").ifPresent(maximum -> words.add("to " + maximum));
        return String.join(" ", words);
    }
}
