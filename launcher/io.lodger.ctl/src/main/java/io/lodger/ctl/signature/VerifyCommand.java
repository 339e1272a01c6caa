package io.lodger.ctl.signature;

import io.lodger.ctl.text.Screen;
import io.lodger.ctl.verb.LocalVerb;
import io.lodger.ctl.verb.RefusedException;
import io.lodger.ctl.verb.UsageException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bundle verify JAR}. */
@Command(name = "verify", description = "Checks a jar's signature against a trust store. Needs no agent.", footer = {
    "",
    "Checked: every entry is signed by one and the same signer, none is changed, doubled or outside of the jar's folder; the signer's "
        + "certificate is valid now, is for signing code, and chains to a certificate in the store.",
    "",
    "Only the agent checks: its deny list of fingerprints, time stamps (which keep an expired certificate's signature good), the sizes it "
        + "allows, what the bundle needs and offers, and its commands."})
public final class VerifyCommand implements LocalVerb {
    /** The agent's default as well. What is in a trust store is no secret. */
    private static final String USUAL_PASSWORD = "changeit";

    @Parameters(index = "0", paramLabel = "JAR", description = "The jar.")
    private Path jar;

    @Option(names = "--truststore", paramLabel = "FILE", required = true,
        description = "A PKCS12 file with the certificates trusted, such as a guest's /etc/lodger/trust.p12.")
    private Path truststore;

    @Mixin
    private Password password;

    @Override
    public int run(Screen screen) throws UsageException, RefusedException {
        var anchors = Store.open(truststore, password.known().orElse(USUAL_PASSWORD).toCharArray()).anchors();
        var signer = SignedJar.signer(jar);
        Trust.check(signer, anchors);
        SignedJar.show(screen, jar, Trust.subject(signer), ", which " + truststore + " trusts");
        return 0;
    }
}
