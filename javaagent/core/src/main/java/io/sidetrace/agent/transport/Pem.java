package io.sidetrace.agent.transport;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as text files hold them, RFC 7468. */
final class Pem {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  /** A PKCS 8 key says which of these it is; each factory refuses the others'. */
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  private Pem() {}

  /** One at least. */
  static Collection<? extends Certificate> certificates(File file) throws IOException {
    try (InputStream in = new FileInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (!found.isEmpty()) {
        return found;
      }
    } catch (CertificateException e) {
      throw new IOException(file + " holds a certificate that can't be read: " + e.getMessage());
    }
    throw new IOException(file + " holds no certificate in PEM");
  }

  static PrivateKey key(File file) throws IOException, GeneralSecurityException {
    Matcher key = KEY.matcher(text(file));
    if (!key.find()) {
      throw new IOException(file + " holds no key in PEM, PKCS 8 without a password");
    }
    var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key.group(1)));
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (InvalidKeySpecException e) {
        // one of the others then
      }
    }
    throw new IOException(file + " holds a key that is none of " + ALGORITHMS);
  }

  private static String text(File file) throws IOException {
    try (InputStream in = new FileInputStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
