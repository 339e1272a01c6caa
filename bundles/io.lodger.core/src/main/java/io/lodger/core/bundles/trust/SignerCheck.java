package io.lodger.core.bundles.trust;

import io.lodger.command.CommandException;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXCertPathValidatorResult;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether one signer of a jar is to be believed: its certificate is for signing code (RFC 5280, 4.2.1.3 and 4.2.1.12), is valid, isn't
 * denied, and leads to the trust store. Nothing is asked over the network.
 *
 * <p>A certificate that has expired is accepted where the signature carries the time stamp of an authority that leads to the trust
 * store as well, and the certificate was valid then.
 */
final class SignerCheck {

    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
    private static final String ANY_USAGE = "2.5.29.37.0";
    private static final int DIGITAL_SIGNATURE = 0;

    private final String what;
    private final CodeSigner signer;
    private final TrustStore store;
    private final DenyList denied;

    SignerCheck(String what, CodeSigner signer, TrustStore store, DenyList denied) {
        this.what = what;
        this.signer = signer;
        this.store = store;
        this.denied = denied;
    }

    /** Accepts the signer and gives the subject of its certificate. */
    String accept(Instant at) throws CommandException {
        check(signer.getSignerCertPath(), CODE_SIGNING, "signing code", stampedOr(at));
        return JarSignature.name(JarSignature.certificate(signer));
    }

    /** The time that a trusted time stamp tells; without one, the time given. */
    private Instant stampedOr(Instant at) {
        var stamp = signer.getTimestamp();
        if (stamp == null) {
            return at;
        }
        try {
            var stamped = stamp.getTimestamp().toInstant();
            check(stamp.getSignerCertPath(), TIME_STAMPING, "time stamps", stamped);
            return stamped;
        } catch (CommandException e) {
            // A stamp of somebody unknown says nothing, and does no harm.
            return at;
        }
    }

    private void check(CertPath path, String usage, String usageName, Instant at) throws CommandException {
        var chain = chain(path);
        checkUsage(chain.get(0), usage, usageName);
        for (var certificate : chain) {
            checkDenied(certificate);
            checkValidity(certificate, at);
        }
        lead(chain, at);
    }

    private static List<X509Certificate> chain(CertPath path) {
        return path.getCertificates().stream().map(X509Certificate.class::cast).toList();
    }

    private void checkUsage(X509Certificate certificate, String usage, String usageName) throws CommandException {
        var keyUsage = certificate.getKeyUsage();
        if (keyUsage != null && !keyUsage[DIGITAL_SIGNATURE]) {
            throw refusal(certificate, "is not for digital signatures (its key usage lacks digitalSignature)");
        }
        try {
            var extended = certificate.getExtendedKeyUsage();
            if (extended != null && !extended.contains(usage) && !extended.contains(ANY_USAGE)) {
                throw refusal(certificate, "is not for " + usageName + " (its extended key usage is " + String.join(", ", extended) + ")");
            }
        } catch (CertificateException e) {
            throw refusal(certificate, "can't be read: " + e.getMessage());
        }
    }

    private void checkDenied(X509Certificate certificate) throws CommandException {
        if (denied.holds(certificate)) {
            throw refusal(certificate, "is on the deny list (SHA-256 " + DenyList.fingerprint(certificate) + ")");
        }
    }

    private void checkValidity(X509Certificate certificate, Instant at) throws CommandException {
        if (at.isAfter(certificate.getNotAfter().toInstant())) {
            throw refusal(certificate, "expired on " + certificate.getNotAfter().toInstant());
        }
        if (at.isBefore(certificate.getNotBefore().toInstant())) {
            throw refusal(certificate, "is not valid before " + certificate.getNotBefore().toInstant() + "; the guest's clock says " + at);
        }
    }

    /** Follows the chain to the first certificate that is in the trust store, or whose issuer is. */
    private void lead(List<X509Certificate> chain, Instant at) throws CommandException {
        var before = new ArrayList<X509Certificate>();
        var anchors = store.certificates();
        for (var certificate : chain) {
            if (store.certificates().contains(certificate)) {
                anchors = Set.of(certificate);
                break;
            }
            before.add(certificate);
        }
        if (before.isEmpty()) {
            return;
        }
        try {
            var parameters = new PKIXParameters(anchors.stream().map(anchor -> new TrustAnchor(anchor, null)).collect(Collectors.toSet()));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            var result = (PKIXCertPathValidatorResult) CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(before), parameters);
            var anchor = result.getTrustAnchor().getTrustedCert();
            checkDenied(anchor);
            checkValidity(anchor, at);
        } catch (CertPathValidatorException e) {
            throw refusal(chain.get(0), "leads to no certificate in the trust store " + store.path() + " (" + e.getMessage() + ")");
        } catch (GeneralSecurityException e) {
            throw refusal(chain.get(0), "can't be checked: " + e.getMessage());
        }
    }

    private CommandException refusal(X509Certificate certificate, String why) {
        return new CommandException(what + " is refused: the certificate " + JarSignature.name(certificate) + " of its signature " + why);
    }
}
