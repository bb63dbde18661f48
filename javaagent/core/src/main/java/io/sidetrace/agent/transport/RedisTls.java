package io.sidetrace.agent.transport;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import redis.clients.jedis.SslOptions;

/** TLS as the files say, which are read for each connection anew: they may have been renewed. */
final class RedisTls {
  private static final String TYPE = "PKCS12";

  /** Of stores that never leave the memory. */
  private static final char[] PASSWORD = "in memory".toCharArray();

  private RedisTls() {}

  /**
   * The server's name is checked in any case.
   *
   * @throws IllegalArgumentException if a file can't be read or is not what it should be
   */
  static SslOptions options(RedisTarget target) {
    SslOptions.Builder options = SslOptions.builder().trustStoreType(TYPE).keyStoreType(TYPE);
    try {
      File ca = target.ca();
      if (ca != null) {
        options.truststore(inMemory(trusted(ca)), PASSWORD);
      }
      File certificate = target.certificate();
      File key = target.key();
      if (certificate != null && key != null) {
        options.keystore(inMemory(own(certificate, key)), PASSWORD);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(e);
    }
    return options.build();
  }

  private static KeyStore trusted(File ca) throws IOException, GeneralSecurityException {
    KeyStore store = emptyStore();
    for (Certificate certificate : Pem.certificates(ca)) {
      store.setCertificateEntry("ca-" + store.size(), certificate);
    }
    return store;
  }

  private static KeyStore own(File certificate, File key)
      throws IOException, GeneralSecurityException {
    KeyStore store = emptyStore();
    Certificate[] chain = Pem.certificates(certificate).toArray(new Certificate[0]);
    store.setKeyEntry("own", Pem.key(key), PASSWORD, chain);
    return store;
  }

  private static KeyStore emptyStore() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(TYPE);
    store.load(null, null);
    return store;
  }

  private static SslOptions.Resource inMemory(KeyStore store)
      throws IOException, GeneralSecurityException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.store(bytes, PASSWORD);
    return () -> new ByteArrayInputStream(bytes.toByteArray());
  }
}
