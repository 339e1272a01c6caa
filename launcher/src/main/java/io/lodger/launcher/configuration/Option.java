package io.lodger.launcher.configuration;

import java.util.Optional;

/** The options, in the order of qemu-ga's table, which decides the order in which an ambiguous abbreviation's meanings are named. */
enum Option {
    HELP('h', "help"),
    VERSION('V', "version"),
    DUMP_CONF('D', "dump-conf"),
    LOGFILE('l', "logfile", Key.LOGFILE),
    PIDFILE('f', "pidfile", Key.PIDFILE),
    FSFREEZE_HOOK('F', "fsfreeze-hook", Argument.OPTIONAL, Key.FSFREEZE_HOOK),
    VERBOSE('v', "verbose", Argument.NONE, Key.VERBOSE),
    METHOD('m', "method", Key.METHOD),
    PATH('p', "path", Key.PATH),
    DAEMONIZE('d', "daemonize", Argument.NONE, Key.DAEMON),
    BLOCK_RPCS('b', "block-rpcs", Key.BLOCK_RPCS),
    /** What {@code block-rpcs} was called until QEMU 9.0. */
    BLACKLIST('b', "blacklist", Key.BLOCK_RPCS),
    ALLOW_RPCS('a', "allow-rpcs", Key.ALLOW_RPCS),
    STATEDIR('t', "statedir", Key.STATEDIR),
    RETRY_PATH('r', "retry-path", Argument.NONE, Key.RETRY_PATH),
    CONFIG('c', "config", Argument.REQUIRED, null);

    /** Whether something follows an option. */
    enum Argument {
        NONE,
        REQUIRED,
        /** Only glued to the option: {@code -Fpath}, {@code --fsfreeze-hook=path}. */
        OPTIONAL
    }

    private final char letter;
    private final String word;
    private final Argument argument;
    private final Key key;

    Option(char letter, String word) {
        this(letter, word, Argument.NONE, null);
    }

    Option(char letter, String word, Key key) {
        this(letter, word, Argument.REQUIRED, key);
    }

    Option(char letter, String word, Argument argument, Key key) {
        this.letter = letter;
        this.word = word;
        this.argument = argument;
        this.key = key;
    }

    char letter() {
        return letter;
    }

    /** The long form without its dashes. */
    String word() {
        return word;
    }

    Argument argument() {
        return argument;
    }

    /** What the option sets, unless it asks for something to be done. */
    Optional<Key> key() {
        return Optional.ofNullable(key);
    }
}
