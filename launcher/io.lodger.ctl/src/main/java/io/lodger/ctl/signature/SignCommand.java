package io.lodger.ctl.signature;

import io.lodger.ctl.text.Screen;
import io.lodger.ctl.verb.LocalVerb;
import io.lodger.ctl.verb.RefusedException;
import io.lodger.ctl.verb.UsageException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bundle sign JAR}. */
@Command(name = "sign", description = "Signs a bundle's jar, as jarsigner does. Needs no agent.")
public final class SignCommand implements LocalVerb {
    private static final String MODULE = "jdk.jartool";

    @Parameters(index = "0", paramLabel = "JAR", description = "The jar.")
    private Path jar;

    @Option(names = "--keystore", paramLabel = "FILE", required = true, description = "A PKCS12 file with the key and its certificates.")
    private Path keystore;

    @Option(names = "--alias", paramLabel = "NAME", description = "Which key, if there are several.")
    private String alias;

    @Option(names = {"-o", "--output"}, paramLabel = "FILE", description = "Where the signed jar goes. Default: in place of the other.")
    private Path output;

    @Option(names = "--tsa", paramLabel = "URL",
        description = "A time stamping authority (RFC 3161), whose stamp says that the certificate was valid when the jar was signed.")
    private URI tsa;

    @Mixin
    private Password password;

    @Override
    public int run(Screen screen) throws UsageException, RefusedException {
        if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
            throw new RefusedException("this Java (" + System.getProperty("java.home") + ") cannot sign, because it has no module " + MODULE
                + "; set LODGER_JAVA to the java of a JDK, or sign with jarsigner(1) on another machine");
        }
        var secret = password.read(keystore).orElseThrow(() ->
            new UsageException("what is the password of " + keystore + "? add --password-file FILE"));
        var key = Store.open(keystore, secret).key(alias);
        var target = output == null ? jar : output;
        new JarSigning(key, Optional.ofNullable(tsa)).sign(jar, target);
        SignedJar.show(screen, target, ((X509Certificate) key.getCertificate()).getSubjectX500Principal().getName(), "");
        return 0;
    }
}
