package io.lodger.ctl.signature;

import io.lodger.ctl.verb.RefusedException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a signer is to be trusted: RFC 5280's rules for chains, without revocation lists. */
final class Trust {
    /** The bit digitalSignature of RFC 5280's KeyUsage. */
    private static final int DIGITAL_SIGNATURE = 0;
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final String ANY_EXTENDED_USAGE = "2.5.29.37.0";

    private Trust() {
    }

    /** The name in a signer's certificate. */
    static String subject(List<X509Certificate> chain) {
        return chain.get(0).getSubjectX500Principal().getName();
    }

    /**
     * Checks a signer.
     *
     * @param chain his certificates, his own first
     * @throws RefusedException if he is not trusted
     */
    static void check(List<X509Certificate> chain, Set<TrustAnchor> anchors) throws RefusedException {
        var own = chain.get(0);
        try {
            own.checkValidity();
        } catch (CertificateExpiredException e) {
            throw new RefusedException("the certificate of " + subject(chain) + " is valid no longer: it expired on "
                + own.getNotAfter().toInstant());
        } catch (CertificateNotYetValidException e) {
            throw new RefusedException("the certificate of " + subject(chain) + " is not valid before " + own.getNotBefore().toInstant());
        }
        checkUsage(chain);
        var trusted = anchors.stream().map(TrustAnchor::getTrustedCert).collect(Collectors.toSet());
        var known = chain.stream().filter(trusted::contains).findFirst().map(chain::indexOf).orElse(chain.size());
        if (known == 0) {
            return;
        }
        try {
            var parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            var path = CertificateFactory.getInstance("X.509").generateCertPath(chain.subList(0, known));
            CertPathValidator.getInstance("PKIX").validate(path, parameters);
        } catch (CertPathValidatorException e) {
            throw new RefusedException("the certificate of " + subject(chain) + " does not chain to a trusted one: " + e.getMessage());
        } catch (GeneralSecurityException e) {
            throw new RefusedException("the certificate of " + subject(chain) + " cannot be checked: " + e.getMessage());
        }
    }

    private static void checkUsage(List<X509Certificate> chain) throws RefusedException {
        var own = chain.get(0);
        var usage = own.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE]) {
            throw new RefusedException("the certificate of " + subject(chain) + " is not for signatures: its key usage lacks "
                + "digitalSignature");
        }
        try {
            var extended = own.getExtendedKeyUsage();
            if (extended != null && !extended.contains(CODE_SIGNING) && !extended.contains(ANY_EXTENDED_USAGE)) {
                throw new RefusedException("the certificate of " + subject(chain)
                    + " is not for signing code: its extended key usage lacks codeSigning");
            }
        } catch (CertificateParsingException e) {
            throw new RefusedException("the certificate of " + subject(chain) + " cannot be read: " + e.getMessage());
        }
    }
}
