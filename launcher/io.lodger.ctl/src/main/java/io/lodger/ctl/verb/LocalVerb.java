package io.lodger.ctl.verb;

import io.lodger.ctl.text.Screen;

/** Something that needs no agent. */
@FunctionalInterface
public interface LocalVerb {
    /**
     * Does it, and shows what came of it.
     *
     * @return the exit code
     */
    int run(Screen screen) throws UsageException, RefusedException;
}
