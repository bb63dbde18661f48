package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.ktor.client.HttpClient;
import io.ktor.client.engine.HttpClientEngineFactory;
import io.ktor.client.engine.java.Java;
import io.ktor.client.engine.okhttp.OkHttp;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.HttpSdkTest;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Ktor's client over the engines that ride on a client that is captured. */
class KtorClientTest extends HttpSdkTest {

  @Override
  public Library library() {
    return Library.of("Ktor client", HttpClient.class);
  }

  static Stream<Arguments> engines() {
    return Stream.of(
        Arguments.of("okhttp", OkHttp.INSTANCE), Arguments.of("java.net.http", Java.INSTANCE));
  }

  private String chat() {
    return server.uri(CHAT).toString();
  }

  @ParameterizedTest
  @MethodSource("engines")
  @Covers(Behaviour.SDK_PLAIN)
  void post(String name, HttpClientEngineFactory<?> engine) throws Exception {
    try (KtorCalls calls = new KtorCalls(engine)) {
      Frame frame = once(name, json("openai-chat.json"), () -> calls.ask(chat(), ASK));

      assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.json"));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  @Covers(Behaviour.SDK_ERROR)
  void refused(String name, HttpClientEngineFactory<?> engine) throws Exception {
    try (KtorCalls calls = new KtorCalls(engine)) {
      Frame frame = once(name, refusal(), () -> calls.ask(chat(), ASK));

      assertThat(frame.event().http().status()).isEqualTo(400);
      assertThat(frame.response().toBytes()).isEqualTo(REFUSAL);
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  @Covers(Behaviour.SDK_ASYNC)
  void oneAfterTheOther(String name, HttpClientEngineFactory<?> engine) throws Exception {
    try (KtorCalls calls = new KtorCalls(engine)) {
      List<Frame> frames =
          exchanges(2, name, json("openai-chat.json"), () -> calls.askTwice(chat(), ASK));

      assertThat(frames.get(1).response().toBytes()).isEqualTo(reply("openai-chat.json"));
    }
  }

  @ParameterizedTest
  @MethodSource("engines")
  @Covers(Behaviour.SDK_STREAM)
  void stream(String name, HttpClientEngineFactory<?> engine) throws Exception {
    try (KtorCalls calls = new KtorCalls(engine)) {
      Frame frame =
          once(
              name,
              stream("openai-chat.sse", "text/event-stream"),
              () -> calls.stream(chat(), ASK));

      assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.sse"));
      assertThat(frame.event().responseSize().closedEarly()).isFalse();
    }
  }
}
