package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.HttpSdkTest;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.HttpComponentsClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.JettyClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/** Spring's WebClient over what it can send with. */
class SpringWebClientTest extends HttpSdkTest {

  @Override
  public Library library() {
    return Library.of("Spring WebClient", WebClient.class);
  }

  static Stream<Arguments> connectors() {
    return Stream.of(
        Arguments.of("java.net.http", new JdkClientHttpConnector()),
        Arguments.of("apache-httpclient-5", new HttpComponentsClientHttpConnector()),
        Arguments.of("jetty-client", new JettyClientHttpConnector()),
        Arguments.of("reactor-netty", new ReactorClientHttpConnector()));
  }

  private Mono<String> answer(ClientHttpConnector connector) {
    return WebClient.builder()
        .clientConnector(connector)
        .build()
        .post()
        .uri(server.uri(CHAT))
        .contentType(MediaType.APPLICATION_JSON)
        .bodyValue(ASK)
        .retrieve()
        .bodyToMono(String.class);
  }

  @ParameterizedTest
  @MethodSource("connectors")
  @Covers(Behaviour.SDK_PLAIN)
  void retrieve(String client, ClientHttpConnector connector) throws Exception {
    Frame frame = once(client, json("openai-chat.json"), () -> answer(connector).block());

    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.json"));
  }

  @ParameterizedTest
  @MethodSource("connectors")
  @Covers(Behaviour.SDK_ERROR)
  void refused(String client, ClientHttpConnector connector) throws Exception {
    Frame frame = once(client, refusal(), () -> outcome(() -> answer(connector).block()));

    assertThat(frame.event().http().status()).isEqualTo(400);
    assertThat(frame.response().toBytes()).isEqualTo(REFUSAL);
  }

  @ParameterizedTest
  @MethodSource("connectors")
  @Covers(Behaviour.SDK_ASYNC)
  void oneAfterTheOther(String client, ClientHttpConnector connector) throws Exception {
    List<Frame> frames =
        exchanges(
            2,
            client,
            json("openai-chat.json"),
            () ->
                answer(connector)
                    .flatMap(first -> answer(connector))
                    .toFuture()
                    .get(20, TimeUnit.SECONDS));

    assertThat(frames.get(1).response().toBytes()).isEqualTo(reply("openai-chat.json"));
  }

  @ParameterizedTest
  @MethodSource("connectors")
  @Covers(Behaviour.SDK_STREAM)
  void stream(String client, ClientHttpConnector connector) throws Exception {
    WebClient web = WebClient.builder().clientConnector(connector).build();

    Frame frame =
        once(
            client,
            stream("openai-chat.sse", "text/event-stream"),
            () ->
                web.post()
                    .uri(server.uri(CHAT))
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(ASK)
                    .retrieve()
                    .bodyToFlux(String.class)
                    .collectList()
                    .block());

    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.sse"));
    assertThat(frame.event().responseSize().closedEarly()).isFalse();
  }
}
