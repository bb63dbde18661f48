package io.sidetrace.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.FrameworkContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelidonTest extends FrameworkContract {

  private int port;

  @Test
  void theVersionUnderTest_isTheOneTheBuildNames() {
    String jar = WebServer.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar).contains("helidon-webserver-" + System.getProperty("helidon.version"));
  }

  @ParameterizedTest
  @ValueSource(ints = {7, 100_000})
  void bodies_areRecorded(int size) throws Exception {
    String body = "x".repeat(size);
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/echo?q=1"))
            .header("Content-Type", "text/plain")
            .POST(BodyPublishers.ofString(body))
            .build();

    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body())
        .isEqualTo(body);

    Frame root = agent.awaitEvent();
    assertThat(root.event().http().url()).isEqualTo("/echo?q=1");
    assertThat(root.event().requestSize().size()).isEqualTo(size);
    assertThat(root.event().responseSize().size()).isEqualTo(size);
    assertThat(body).startsWith(root.request().toUtf8()).startsWith(root.response().toUtf8());
    assertThat(root.request().length()).isPositive().isEqualTo(root.response().length());
  }

  @Override
  public Map<Limit, String> limits() {
    return System.getProperty("helidon.version").startsWith("4.0.")
        ? Map.of(
            Limit.NO_PATTERN, "it tells the pattern since 4.2; before, the path names the root.")
        : Map.of();
  }

  @Override
  protected String route(String path) {
    return limits().isEmpty() ? super.route(path) : "GET /" + path + "/7";
  }

  @Override
  public Library library() {
    return Library.of("Helidon", WebServer.class);
  }

  @Override
  protected ContractServer start() {
    WebServer server =
        WebServer.builder()
            .address(InetAddress.getLoopbackAddress())
            .port(0)
            .routing(HelidonTest::routes)
            .build()
            .start();
    port = server.port();
    return new ContractServer(port, server::stop);
  }

  private static void routes(HttpRouting.Builder routing) {
    routing
        .get("/chats/{id}", (request, response) -> text(response).send(ask()))
        .get(
            "/later/{id}",
            (request, response) ->
                text(response).send(CompletableFuture.supplyAsync(FrameworkContract::ask).get()))
        .get("/stream/{id}", HelidonTest::stream)
        .get(
            "/fail/{id}",
            (request, response) -> {
              throw new IllegalStateException("boom");
            })
        .get("/health", (request, response) -> response.send(where()))
        .post(
            "/echo",
            (request, response) -> text(response).send(request.content().as(String.class)));
  }

  private static void stream(ServerRequest request, ServerResponse response) {
    try (OutputStream out = text(response).outputStream()) {
      out.write("one ".getBytes(UTF_8));
      out.flush();
      out.write(ask().getBytes(UTF_8));
      out.flush();
      out.write(" three".getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServerResponse text(ServerResponse response) {
    return response.header(HeaderNames.CONTENT_TYPE, "text/plain");
  }
}
