package io.lodger.itests.differential;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Makes up what a host may send: requests that are right, wrong, broken, cut, glued together and no requests at all. The same seed
 * gives the same cases.
 *
 * <p>Only commands are named that change nothing, and none becomes another by the changes made to a request. No case exceeds the
 * protocol's limits, for beyond these the agents differ on purpose; a case may reach the limit of 1024 open braces and brackets.
 * A case may leave a request unfinished: 0xFF has to be sent before the next one.
 */
public final class RequestGenerator {

    private static final int MAX_OPEN = 1024;

    private static final List<String> COMMANDS = List.of("guest-ping", "guest-ping", "guest-ping", "guest-sync",
            "guest-sync", "guest-sync-delimited", "guest-info", "guest-network-get-interfaces", "guest-nope", "",
            "Guest-Ping", "guest-ping ", "guest_ping");

    private static final List<String> STRANGE_MEMBERS = List.of("exec-oob", "foo", "Execute", "argument", "id ", "",
            "execut\\u0000e", "\\u00e9");

    private final Random random;
    private final BrokenBytes broken;

    /** Begins a series of cases. */
    public RequestGenerator(long seed) {
        random = new Random(seed);
        broken = new BrokenBytes(random);
    }

    /** The next case. */
    public byte[] next() {
        int choice = random.nextInt(100);
        if (choice < 25) {
            return request();
        } else if (choice < 33) {
            return several();
        } else if (choice < 45) {
            return faultyRequest();
        } else if (choice < 75) {
            return broken.mutated(random.nextInt(4) == 0 ? several() : request());
        } else if (choice < 88) {
            return broken.soup();
        } else if (choice < 96) {
            return broken.garbage();
        }
        return deep();
    }

    /** Cuts a case into the pieces it is to be sent in, none of them empty. */
    public List<byte[]> split(byte[] bytes) {
        var pieces = new ArrayList<byte[]>();
        int longest = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : bytes.length + 1;
        for (int at = 0; at < bytes.length;) {
            int end = Math.min(bytes.length, at + 1 + random.nextInt(longest));
            pieces.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return pieces;
    }

    /** A request that is right JSON; whether the agent likes it is another matter. */
    private byte[] request() {
        var out = new ByteArrayOutputStream();
        var json = new RandomJson(random, out);
        var members = new ArrayList<Runnable>();
        boolean ordinary = random.nextInt(3) > 0;
        if (ordinary || random.nextInt(8) > 0) {
            members.add(() -> execute(json));
        }
        if (random.nextInt(2) == 0) {
            members.add(() -> arguments(json));
        }
        if (random.nextInt(2) == 0) {
            members.add(() -> json.text("id").space().raw(":").space().value(3));
        }
        if (!ordinary && random.nextInt(3) == 0) {
            members.add(() -> json.raw("\"" + pick(STRANGE_MEMBERS) + "\"").space().raw(":").space().value(2));
        }
        if (random.nextInt(30) == 0 && !members.isEmpty()) {
            members.add(members.get(0));
        }
        Collections.shuffle(members, random);
        json.space().raw("{");
        for (int i = 0; i < members.size(); i++) {
            json.raw(i > 0 ? "," : "").space();
            members.get(i).run();
            json.space();
        }
        json.raw("}").raw(random.nextInt(3) > 0 ? "\n" : "").space();
        return out.toByteArray();
    }

    private void execute(RandomJson json) {
        json.text("execute").space().raw(":").space();
        if (random.nextInt(15) == 0) {
            json.value(2);
        } else {
            json.text(pick(COMMANDS));
        }
    }

    private void arguments(RandomJson json) {
        json.text("arguments").space().raw(":").space();
        int choice = random.nextInt(10);
        if (choice == 0) {
            json.value(2);
        } else if (choice < 3) {
            json.raw("{}");
        } else {
            json.raw("{").space().text("id").raw(":").space();
            if (random.nextInt(4) == 0) {
                json.value(2);
            } else {
                json.raw(Long.toString(random.nextLong() >> random.nextInt(64)));
            }
            if (random.nextInt(8) == 0) {
                json.raw(",").text("x").raw(":").value(1);
            }
            json.space().raw("}");
        }
    }

    private byte[] several() {
        var out = new ByteArrayOutputStream();
        for (int i = 2 + random.nextInt(3); i > 0; i--) {
            out.writeBytes(request());
        }
        return out.toByteArray();
    }

    /** A request with one scalar that is wrong in itself. */
    private byte[] faultyRequest() {
        var out = new ByteArrayOutputStream();
        var json = new RandomJson(random, out);
        json.raw("{\"execute\":\"guest-ping\",\"id\":");
        int around = random.nextInt(3);
        json.raw(around == 1 ? "[1," : around == 2 ? "{\"a\":" : "");
        if (random.nextInt(8) == 0) {
            json.raw("{").brokenScalar().raw(":1}");
        } else {
            json.brokenScalar();
        }
        json.space().raw(around == 1 ? ",2]" : around == 2 ? "}" : "").raw("}\n");
        return out.toByteArray();
    }

    /** Nested up to the limit, in an id or on its own, closed or one bracket short of it. */
    private byte[] deep() {
        boolean inRequest = random.nextBoolean();
        int depth = random.nextInt(4) == 0 ? MAX_OPEN - random.nextInt(2) : 1 + random.nextInt(MAX_OPEN);
        boolean objects = random.nextBoolean();
        int levels = inRequest ? depth - 1 : depth;
        String id = (objects ? "{\"a\":" : "[").repeat(levels) + (objects ? "1" : "") + (objects ? "}" : "]").repeat(levels);
        String text = inRequest ? "{\"execute\":\"guest-ping\",\"id\":" + (levels == 0 ? "1" : id) + "}" : id;
        int end = random.nextInt(6) == 0 ? text.length() - 1 : text.length();
        return text.substring(0, end).getBytes(StandardCharsets.US_ASCII);
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
