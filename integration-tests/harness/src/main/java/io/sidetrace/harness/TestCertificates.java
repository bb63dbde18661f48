package io.sidetrace.harness;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate for localhost, its key, and the authority that vouches for it, as PEM files. */
public final class TestCertificates {
  private static final String PASSWORD = "changeit";

  private final Path folder;

  private TestCertificates(Path folder) {
    this.folder = folder;
  }

  /** Made by the JDK's keytool. */
  public static TestCertificates in(Path folder) throws Exception {
    TestCertificates made = new TestCertificates(Files.createDirectories(folder));
    made.keytool("-genkeypair -alias ca -dname CN=authority -ext bc:c=ca:true");
    made.keytool("-genkeypair -alias server -dname CN=server -ext san=dns:localhost");
    made.keytool("-certreq -alias server -file " + made.file("server.csr"));
    made.keytool(
        "-gencert -alias ca -ext san=dns:localhost -infile "
            + made.file("server.csr")
            + " -outfile "
            + made.certificate()
            + " -rfc");
    made.keytool("-exportcert -alias ca -rfc -file " + made.authority());
    made.writeKey();
    return made;
  }

  public Path authority() {
    return file("ca.pem");
  }

  public Path certificate() {
    return file("server.pem");
  }

  public Path key() {
    return file("server.key");
  }

  /** What makes a JVM trust the authority, since its own store does not know it. */
  public List<String> trustOfAJvm() {
    return List.of(
        "-Djavax.net.ssl.trustStore=" + file("keys.p12"),
        "-Djavax.net.ssl.trustStorePassword=" + PASSWORD);
  }

  /** What makes a redis-server speak TLS, and not only that. */
  public List<String> ofRedis(int tlsPort) {
    return List.of(
        "--tls-port",
        "" + tlsPort,
        "--tls-cert-file",
        certificate().toString(),
        "--tls-key-file",
        key().toString(),
        "--tls-ca-cert-file",
        authority().toString());
  }

  /** What a server in this JVM speaks TLS with, whom nobody trusts yet. */
  public SSLContext ofServer() throws Exception {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store(), PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    return tls;
  }

  private KeyStore store() throws Exception {
    return KeyStore.getInstance(file("keys.p12").toFile(), PASSWORD.toCharArray());
  }

  private Path file(String name) {
    return folder.resolve(name).toAbsolutePath();
  }

  private void writeKey() throws Exception {
    Key key = store().getKey("server", PASSWORD.toCharArray());
    String text =
        Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(key.getEncoded());
    Files.writeString(
        key(), "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
  }

  private void keytool(String arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments.split(" ")));
    command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
    command.addAll(List.of("-keystore", file("keys.p12").toString()));
    if (arguments.startsWith("-genkeypair")) {
      command.addAll(List.of("-keyalg", "EC"));
    }
    Path log = file("keytool.log");
    Process made =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (made.waitFor() != 0) {
      throw new IOException("keytool failed: " + Files.readString(log));
    }
  }
}
