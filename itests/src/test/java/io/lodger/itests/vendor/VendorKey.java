package io.lodger.itests.vendor;

import io.lodger.itests.Distribution;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A vendor's key, freshly made by keytool, and the trust store of a guest that trusts him.
 *
 * @param keystore the key with its certificate, as {@code ~/.config/lodger/developer.p12}
 * @param trustStore a store with the certificate only
 * @param folder the vendor's home
 */
public record VendorKey(Path keystore, Path trustStore, Path folder) {

    /** The key's name in its store, and the store's password. */
    public static final String NAME = "developer";

    /** Makes one in a folder, which the vendor's programs can have for their home. */
    public static VendorKey make(Path folder) throws Exception {
        var keystore = Files.createDirectories(folder.resolve(".config/lodger")).resolve("developer.p12");
        Program.jdk("keytool", "-genkeypair", "-keystore", keystore.toString(), "-storepass", NAME, "-alias", NAME, "-keyalg", "RSA",
                "-dname", "CN=A vendor");
        var certificate = folder.resolve("vendor.crt");
        Program.jdk("keytool", "-exportcert", "-keystore", keystore.toString(), "-storepass", NAME, "-alias", NAME,
                "-file", certificate.toString());
        var trustStore = folder.resolve("trust.p12");
        Program.jdk("keytool", "-importcert", "-noprompt", "-keystore", trustStore.toString(), "-storetype", "PKCS12",
                "-storepass", "changeit", "-alias", NAME, "-file", certificate.toString());
        return new VendorKey(keystore, trustStore, folder);
    }

    /** Options for an agent that trusts the vendor. */
    public String[] agentOptions() throws Exception {
        var configuration = folder.resolve("lodger.conf");
        Files.writeString(configuration, "[general]\ntrust-store=" + trustStore + "\n");
        return new String[] {"-c", configuration.toString()};
    }

    /** Signs a jar in place, by {@code lodgerctl}. */
    public Path sign(Path jar) throws Exception {
        var builder = new ProcessBuilder(Distribution.bin("lodgerctl").toString(), "bundle", "sign", jar.toString(),
                "--keystore", keystore.toString());
        builder.environment().put("LODGER_STORE_PASSWORD", NAME);
        Program.run(builder, Duration.ofMinutes(1)).good();
        return jar;
    }
}
