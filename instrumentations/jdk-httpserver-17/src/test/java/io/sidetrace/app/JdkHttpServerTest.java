package io.sidetrace.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.sidetrace.event.Event.BodySize;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.AgentExtension;
import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What only the JDK's server has: filters, streams that are replaced, and ways to end. */
class JdkHttpServerTest {

  @RegisterExtension static final AgentExtension agent = new AgentExtension();

  private HttpServer server;

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void filtersAndHandler_areOneRequest() throws Exception {
    HttpHandler hello =
        exchange -> {
          exchange.sendResponseHeaders(200, 5);
          exchange.getResponseBody().write("HELLO".getBytes(UTF_8));
          exchange.close();
        };
    start(hello).getFilters().add(Filter.beforeHandler("first", exchange -> {}));

    send("/greet", "");

    assertThat(agent.awaitEvent().event().name()).isEqualTo("GET /greet");
    assertThat(agent.events()).hasSize(1);
  }

  @Test
  void streamsThatAFilterReplaces_areSeenOnTheWire() throws Exception {
    HttpHandler echo =
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Content-Type", "text/plain");
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        };
    start(echo)
        .getFilters()
        .add(
            Filter.beforeHandler(
                "upper case",
                exchange -> {
                  try {
                    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                    var upper =
                        new ByteArrayInputStream(body.toUpperCase(Locale.ROOT).getBytes(UTF_8));
                    exchange.setStreams(upper, new FilterOutputStream(exchange.getResponseBody()));
                  } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                }));

    String answer = send("/echo", "hello").body();

    Frame frame = agent.awaitEvent();
    assertThat(answer).isEqualTo("HELLO");
    assertThat(frame.request().toUtf8()).isEqualTo("hello");
    assertThat(frame.response().toUtf8()).isEqualTo("HELLO");
  }

  @Test
  void theApplication_seesTheJdksOwnStreams() throws Exception {
    var seen = new AtomicReference<String>();
    start(
        exchange -> {
          assertThat(exchange.getRequestBody()).isSameAs(exchange.getRequestBody());
          seen.set(
              exchange.getRequestBody().getClass().getSimpleName()
                  + exchange.getResponseBody().getClass().getSimpleName());
          exchange.sendResponseHeaders(204, -1);
        });

    send("/", "");

    agent.awaitEvent();
    assertThat(seen.get()).isEqualTo("FixedLengthInputStreamPlaceholderOutputStream");
  }

  @Test
  void singleBytes_areKept() throws Exception {
    start(
        exchange -> {
          int first = exchange.getRequestBody().read();
          exchange.getResponseHeaders().set("Content-Type", "text/plain");
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(first);
          exchange.getResponseBody().write("rest".getBytes(UTF_8));
          exchange.close();
        });

    send("/", "abc");

    Frame frame = agent.awaitEvent();
    assertThat(frame.request().toUtf8()).isEqualTo("a");
    assertThat(frame.response().toUtf8()).isEqualTo("arest");
    assertThat(frame.event().responseSize()).isEqualTo(new BodySize(5, false, false));
  }

  @Test
  void anExchangeClosedWithoutAnAnswer_hasNoStatus() throws Exception {
    start(exchange -> exchange.close());

    assertThat(catchFailure("/")).isNotNull();

    assertThat(agent.awaitEvent().event().http().status()).isZero();
  }

  @Test
  void anExceptionThatPassesAClosedStream_isTheRootsError() throws Exception {
    start(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(1);
            throw new IllegalStateException("boom");
          }
        });

    send("/", "");

    assertThat(agent.awaitEvent().event().error().message()).isEqualTo("boom");
  }

  @Test
  void aBodyShorterThanPromised_isAnError() throws Exception {
    start(
        exchange -> {
          exchange.sendResponseHeaders(200, 10);
          exchange.getResponseBody().close();
        });

    assertThat(catchFailure("/")).isNotNull();

    assertThat(agent.awaitEvent().event().error().message()).contains("insufficient bytes");
  }

  @Test
  void anAnswerFinishedElsewhereWhileTheHandlerRuns_endsOnce() throws Exception {
    var answered = new CountDownLatch(1);
    start(
        exchange -> {
          var other =
              new Thread(
                  () -> {
                    try {
                      exchange.sendResponseHeaders(204, -1);
                    } catch (java.io.IOException e) {
                      throw new java.io.UncheckedIOException(e);
                    }
                    answered.countDown();
                  });
          other.start();
          try {
            answered.await(10, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });

    send("/", "");

    assertThat(agent.awaitEvent().event().http().status()).isEqualTo(204);
    assertThat(agent.events()).hasSize(1);
  }

  @Test
  void https_isRecordedAlike(@TempDir Path folder) throws Exception {
    SSLContext tls = selfSigned(folder.resolve("keys.p12"));
    var https = HttpsServer.create(JdkServer.freePort(), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(tls));
    server = https;
    start(
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "text/plain");
          exchange.sendResponseHeaders(200, 6);
          exchange.getResponseBody().write("secure".getBytes(UTF_8));
          exchange.close();
        });
    var client = HttpClient.newBuilder().sslContext(tls).build();
    var uri = URI.create("https://localhost:" + server.getAddress().getPort() + "/safe");

    String answer =
        client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();

    assertThat(answer).isEqualTo("secure");
    assertThat(agent.awaitEvent().response().toUtf8()).isEqualTo("secure");
  }

  private com.sun.net.httpserver.HttpContext start(HttpHandler handler) throws Exception {
    if (server == null) {
      server = HttpServer.create(JdkServer.freePort(), 0);
    }
    var context = server.createContext("/", handler);
    server.start();
    return context;
  }

  private HttpResponse<String> send(String path, String body) throws Exception {
    var uri = URI.create("http://localhost:" + server.getAddress().getPort() + path);
    var request = HttpRequest.newBuilder(uri).header("Content-Type", "text/plain");
    if (!body.isEmpty()) {
      request.POST(BodyPublishers.ofString(body));
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private Exception catchFailure(String path) {
    try {
      send(path, "");
      return null;
    } catch (Exception e) {
      return e;
    }
  }

  private static SSLContext selfSigned(Path file) throws Exception {
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    var command =
        new ProcessBuilder(
            keytool,
            "-genkeypair",
            "-alias",
            "test",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "SAN=dns:localhost",
            "-storetype",
            "PKCS12",
            "-storepass",
            "changeit",
            "-keystore",
            file.toString());
    assertThat(command.inheritIO().start().waitFor()).isZero();
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      keys.load(in, "changeit".toCharArray());
    }
    var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keyManagers.init(keys, "changeit".toCharArray());
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    var tls = SSLContext.getInstance("TLS");
    tls.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
    return tls;
  }
}
