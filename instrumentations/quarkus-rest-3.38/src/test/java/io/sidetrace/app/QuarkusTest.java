package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.FrameworkContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** The application that Quarkus' plugin built, started as its quarkus-run.jar does. */
class QuarkusTest extends FrameworkContract {
  private static int running;

  /** What the application was built with. */
  @Override
  public Library library() {
    try (Stream<Path> jars = Files.list(Path.of("app/target/quarkus-app/lib/main"))) {
      Path jar =
          jars.filter(file -> file.toString().contains(".resteasy-reactive-vertx-"))
              .findFirst()
              .orElseThrow();
      return Library.ofJar("Quarkus REST", jar);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Once for all tests of this JVM, with which it ends. */
  @Override
  protected ContractServer start() throws Exception {
    if (running == 0) {
      running = startQuarkus();
    }
    return new ContractServer(running, () -> {});
  }

  private static int startQuarkus() throws Exception {
    int port = freePort();
    System.setProperty("quarkus.http.port", String.valueOf(port));
    Class<?> entry = Class.forName("io.quarkus.bootstrap.runner.QuarkusEntryPoint");
    var quarkus = new Thread(() -> run(entry), "quarkus");
    quarkus.setDaemon(true);
    quarkus.start();
    awaitListening(port);
    return port;
  }

  private static void run(Class<?> entry) {
    try {
      entry.getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitListening(int port) {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!isListening(port)) {
      assertThat(System.nanoTime()).as("Quarkus does not start").isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static boolean isListening(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
