package io.lodger.core.schema;

import java.util.Locale;

/** Derives names on the wire from Java names: lower case, words joined by dashes, as QEMU's schema writes them. */
final class WireNames {

    private WireNames() {
    }

    /** {@code bufB64} gives {@code buf-b64}; {@code rxBytes} gives {@code rx-bytes}. */
    static String ofComponent(String name) {
        var wire = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c)) {
                wire.append('-').append(Character.toLowerCase(c));
            } else {
                wire.append(c);
            }
        }
        return wire.toString();
    }

    /** {@code READ_ONLY} gives {@code read-only}. */
    static String ofConstant(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
