package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.HttpSdkTest;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No SDK: the JDK's client, as one writes a call by hand. */
class JavaNetHttpTest extends HttpSdkTest {
  private final HttpClient http = HttpClient.newHttpClient();

  @Override
  public Library library() {
    return Library.of("java.net.http by hand", HttpClient.class);
  }

  private HttpRequest ask() {
    return HttpRequest.newBuilder(server.uri(CHAT))
        .header("Content-Type", JSON)
        .POST(HttpRequest.BodyPublishers.ofString(ASK))
        .build();
  }

  @Test
  @Covers(Behaviour.SDK_PLAIN)
  void send() throws Exception {
    Frame frame =
        once(
            "java.net.http",
            json("openai-chat.json"),
            () -> http.send(ask(), BodyHandlers.ofString()).body());

    assertThat(frame.request().toUtf8()).isEqualTo(ASK);
    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.json"));
  }

  @Test
  @Covers(Behaviour.SDK_STREAM)
  void lines() throws Exception {
    Frame frame =
        once(
            "java.net.http",
            stream("openai-chat.sse", "text/event-stream"),
            () -> {
              try (Stream<String> lines = http.send(ask(), BodyHandlers.ofLines()).body()) {
                return lines.toList();
              }
            });

    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.sse"));
  }

  @Test
  @Covers(Behaviour.SDK_ERROR)
  void refused() throws Exception {
    Frame frame =
        once("java.net.http", refusal(), () -> http.send(ask(), BodyHandlers.ofString()).body());

    assertThat(frame.event().http().status()).isEqualTo(400);
    assertThat(frame.response().toBytes()).isEqualTo(REFUSAL);
  }

  @Test
  @Covers(Behaviour.SDK_ASYNC)
  void oneAfterTheOther() throws Exception {
    List<Frame> frames =
        exchanges(
            2,
            "java.net.http",
            json("openai-chat.json"),
            () ->
                http.sendAsync(ask(), BodyHandlers.ofString())
                    .thenCompose(first -> http.sendAsync(ask(), BodyHandlers.ofString()))
                    .thenApply(HttpResponse::body)
                    .get(20, TimeUnit.SECONDS));

    assertThat(frames.get(1).response().toBytes()).isEqualTo(reply("openai-chat.json"));
  }
}
