package io.lodger.itests.hotadd;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.lodger.itests.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A host that manages bundles. */
final class BundleHost {

    private final Host host;

    BundleHost(Host host) {
        this.host = host;
    }

    /** The agent's reply to a command that takes a path. */
    String take(String verb, Path jar) throws IOException {
        return host.ask(request(verb, "path", jar.toString()));
    }

    /** The agent's reply to a command that takes a symbolic name. */
    String turn(String verb, String symbolicName) throws IOException {
        return host.ask(request(verb, "symbolic-name", symbolicName));
    }

    /** A request for a command with one argument. */
    static String request(String verb, String argument, String value) {
        return "{'execute': 'lodger-bundle-" + verb + "', 'arguments': {'" + argument + "': '" + value + "'}}";
    }

    /** The reply of lodger-bundle-list. */
    JsonObject list() throws IOException {
        return JsonParser.parseString(host.ask("{'execute': 'lodger-bundle-list'}")).getAsJsonObject().getAsJsonObject("return");
    }

    /** Versions and states of what was added, by symbolic name: {@code 1.0.0 active}. */
    Map<String, String> added() throws IOException {
        var added = new TreeMap<String, String>();
        JsonArray bundles = list().getAsJsonArray("bundles");
        bundles.asList().stream().map(JsonElement::getAsJsonObject).filter(bundle -> text(bundle, "origin").equals("added"))
                .forEach(bundle -> added.put(text(bundle, "symbolic-name"), text(bundle, "version") + " " + text(bundle, "state")));
        return added;
    }

    /** The facts of an added bundle. */
    Optional<JsonObject> facts(String symbolicName) throws IOException {
        return list().getAsJsonArray("bundles").asList().stream().map(JsonElement::getAsJsonObject)
                .filter(bundle -> text(bundle, "origin").equals("added") && text(bundle, "symbolic-name").equals(symbolicName)).findFirst();
    }

    static String text(JsonObject object, String member) {
        return object.get(member).getAsString();
    }
}
