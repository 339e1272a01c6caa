package io.lodger.core.bundles.trust;

import io.lodger.command.CommandException;
import io.lodger.core.BundleConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Decides whether a jar may be added. What it asks is read anew each time, so that a certificate can be taken away at any moment. */
public final class Trust {

    private final BundleConfiguration configuration;

    public Trust(BundleConfiguration configuration) {
        this.configuration = configuration;
    }

    /**
     * Accepts a jar or says why not.
     *
     * @param what what the messages call the jar
     * @param at the time at which certificates are to be valid: now for what is new, and the time at which it was accepted for what
     *     is there, for a certificate's end says nothing about what it signed before; its revocation does
     * @return the subject of the certificate that signed it; empty where signatures aren't asked for
     */
    public Optional<String> accept(String what, Path jar, Instant at) throws CommandException, IOException {
        if (!configuration.requireSignature()) {
            return Optional.empty();
        }
        var store = TrustStore.load(configuration.trustStore(), configuration.trustStorePassword());
        var denied = DenyList.load(configuration.denyList());
        var signers = JarSignature.check(what, jar);
        CommandException reason = null;
        for (var signer : signers) {
            try {
                return Optional.of(new SignerCheck(what, signer, store, denied).accept(at));
            } catch (CommandException e) {
                // Another one may do; the first reason is told if none does.
                reason = reason == null ? e : reason;
            }
        }
        throw reason;
    }
}
