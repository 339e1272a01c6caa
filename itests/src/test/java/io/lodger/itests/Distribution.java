package io.lodger.itests;

import java.nio.file.Path;

/** The built distribution. */
public final class Distribution {

    private Distribution() {
    }

    /** Its folder. */
    public static Path home() {
        return Path.of(System.getProperty("lodger.home")).toAbsolutePath().normalize();
    }

    /** One of its programs. */
    public static Path bin(String program) {
        return home().resolve("bin").resolve(program);
    }

    /** The checkout that it was built from. */
    public static Path checkout() {
        return Path.of(System.getProperty("lodger.checkout")).toAbsolutePath().normalize();
    }
}
