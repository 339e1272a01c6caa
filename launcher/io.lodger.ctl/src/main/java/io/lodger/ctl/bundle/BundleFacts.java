package io.lodger.ctl.bundle;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.lodger.ctl.agent.Agent;
import io.lodger.ctl.agent.AgentErrorException;
import io.lodger.ctl.agent.AgentUnavailableException;
import io.lodger.ctl.agent.Member;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an agent says about one of its bundles. */
record BundleFacts(JsonObject json) {
    /** The argument that names a bundle. */
    static final String SYMBOLIC_NAME = "symbolic-name";

    /** All that an agent has, by symbolic name. */
    static Map<String, BundleFacts> of(Agent agent) throws AgentErrorException, AgentUnavailableException {
        var facts = new LinkedHashMap<String, BundleFacts>();
        if (agent.ask("lodger-bundle-list") instanceof JsonObject list) {
            in(list.get("bundles")).forEach(bundle -> facts.put(bundle.symbolicName(), bundle));
        }
        return facts;
    }

    /** Those in an array; or the one that stands there by itself. */
    static List<BundleFacts> in(JsonElement element) {
        return element instanceof JsonObject one
            ? List.of(new BundleFacts(one))
            : Member.objects(element).stream().map(BundleFacts::new).toList();
    }

    String symbolicName() {
        return text(SYMBOLIC_NAME);
    }

    Optional<String> version() {
        return Member.text(json, "version");
    }

    List<String> commands() {
        return Member.elements(json, "commands").stream()
            .filter(element -> element instanceof JsonPrimitive value && value.isString()).map(JsonElement::getAsString).toList();
    }

    /** A member, or a dash. */
    String text(String member) {
        return Member.text(json, member).orElse("-");
    }

    /** What became of it, seen from what was there before. */
    BundleChange since(Map<String, BundleFacts> before) {
        return new BundleChange(symbolicName(), Optional.ofNullable(before.get(symbolicName())).flatMap(BundleFacts::version), version(),
            commands());
    }
}
