package io.sidetrace.agent.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** TLS before a server that has none, as stunnel does it, with a certificate for localhost only. */
final class TlsFront implements AutoCloseable {
  private static final String PASSWORD = "changeit";

  private final Path keys;
  private final int behind;
  private final ServerSocket server;

  /**
   * @param directory for the key store
   * @param behind port of the server
   */
  TlsFront(Path directory, int behind) throws Exception {
    this.keys = directory.resolve("keys.p12");
    this.behind = behind;
    makeKeys();
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(
        KeyStore.getInstance(keys.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    this.server =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 10, InetAddress.getLoopbackAddress());
    thread(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** For a JVM that shall trust it. */
  String trust() {
    return "-Djavax.net.ssl.trustStore=" + keys + " -Djavax.net.ssl.trustStorePassword=" + PASSWORD;
  }

  private void makeKeys() throws IOException, InterruptedException {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Path log = keys.resolveSibling("keytool.log");
    Process made =
        new ProcessBuilder(
                (keytool
                        + " -genkeypair -alias front -keyalg EC -dname CN=front -ext san=dns:localhost"
                        + " -storetype PKCS12 -storepass "
                        + PASSWORD
                        + " -keystore "
                        + keys)
                    .split(" "))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (made.waitFor() != 0) {
      throw new IOException("keytool failed: " + Files.readString(log));
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket near = server.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), behind);
        thread(() -> copy(near, far));
        thread(() -> copy(far, near));
      } catch (IOException e) {
        // refused by one of them, or closed
      }
    }
  }

  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      byte[] bytes = new byte[8192];
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        to.getOutputStream().write(bytes, 0, count);
      }
    } catch (IOException e) {
      // the other direction has closed
    }
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "tls-front");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
