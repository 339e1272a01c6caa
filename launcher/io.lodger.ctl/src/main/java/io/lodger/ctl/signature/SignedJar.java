package io.lodger.ctl.signature;

import com.google.gson.JsonObject;
import io.lodger.ctl.text.Screen;
import io.lodger.ctl.verb.RefusedException;
import io.lodger.ctl.verb.UsageException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipException;

/** The signature of a jar as a whole. */
final class SignedJar {
    /** What carries the signature cannot be signed itself: JAR File Specification, "Signed JAR File". */
    private static final Pattern SIGNATURE = Pattern.compile("META-INF/(MANIFEST\\.MF|[^/]*\\.(SF|RSA|DSA|EC)|SIG-[^/]*)");

    private SignedJar() {
    }

    /** Tells who has signed a jar: in a sentence with this end, or as an object for programs. */
    static void show(Screen screen, Path jar, String signer, String end) {
        if (screen.isJson()) {
            var json = new JsonObject();
            json.addProperty("jar", jar.toString());
            json.addProperty("signer", signer);
            screen.json(json);
        } else {
            screen.line(jar + " is signed by " + signer + end);
        }
    }

    /**
     * The certificates of the one who signed all of it, his own first.
     *
     * @throws RefusedException if nobody has, or something is not as it was signed
     */
    static List<X509Certificate> signer(Path jar) throws UsageException, RefusedException {
        List<X509Certificate> signer = null;
        try (var file = new JarFile(jar.toFile(), true)) {
            var names = new HashSet<String>();
            for (var entry : Collections.list(file.entries())) {
                var name = entry.getName();
                if (!names.add(name)) {
                    throw new RefusedException(jar + " has two entries called " + name);
                }
                if (name.startsWith("/") || name.contains("\\") || Arrays.asList(name.split("/")).contains("..")) {
                    throw new RefusedException(jar + " has an entry that leads out of its folder: " + name);
                }
                if (entry.isDirectory() || SIGNATURE.matcher(name.toUpperCase(Locale.ROOT)).matches()) {
                    continue;
                }
                var of = signer(jar, file, entry);
                if (signer != null && !signer.equals(of)) {
                    throw new RefusedException(name + " in " + jar + " is signed by " + Trust.subject(of) + ", but others by "
                        + Trust.subject(signer));
                }
                signer = of;
            }
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no file " + jar);
        } catch (SecurityException | ZipException e) {
            throw new RefusedException(jar + " is damaged or was changed after it was signed: " + e.getMessage());
        } catch (IOException e) {
            throw new UsageException("cannot read " + jar + ": " + e.getMessage());
        }
        if (signer == null) {
            throw new RefusedException(jar + " has no entries");
        }
        return signer;
    }

    private static List<X509Certificate> signer(Path jar, JarFile file, JarEntry entry) throws IOException, RefusedException {
        try (var content = file.getInputStream(entry)) {
            // Its signers are known once all of it has been read.
            content.transferTo(OutputStream.nullOutputStream());
        }
        var signers = entry.getCodeSigners();
        if (signers == null) {
            // By nobody, or by a key or a digest that Java doesn't take for a signature.
            throw new RefusedException(entry.getName() + " in " + jar + " is not validly signed");
        }
        return signers[0].getSignerCertPath().getCertificates().stream().map(X509Certificate.class::cast).toList();
    }
}
