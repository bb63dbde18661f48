package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.HttpSdkTest;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.MediaType;
import org.springframework.http.RequestEntity;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.JettyClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** Spring's blocking clients over what they can send with. */
class SpringRestTest extends HttpSdkTest {

  @Override
  public Library library() {
    return Library.of("Spring RestClient, RestTemplate", RestClient.class);
  }

  @Override
  public Map<Limit, String> limits() {
    Map<Limit, String> limits = new EnumMap<>(super.limits());
    limits.put(Limit.NO_ASYNC, "it blocks.");
    return limits;
  }

  static Stream<Arguments> factories() {
    return Stream.of(
        Arguments.of("HttpURLConnection", new SimpleClientHttpRequestFactory()),
        Arguments.of("java.net.http", new JdkClientHttpRequestFactory()),
        Arguments.of("apache-httpclient-5", new HttpComponentsClientHttpRequestFactory()),
        Arguments.of("jetty-client", new JettyClientHttpRequestFactory()),
        Arguments.of("reactor-netty", new ReactorClientHttpRequestFactory()));
  }

  private String chat() {
    return server.uri("/v1/chat/completions").toString();
  }

  @ParameterizedTest
  @MethodSource("factories")
  @Covers(Behaviour.SDK_PLAIN)
  void restClient(String client, ClientHttpRequestFactory factory) throws Exception {
    RestClient rest = RestClient.builder().requestFactory(factory).build();

    Frame frame =
        once(
            client,
            json("openai-chat.json"),
            () ->
                rest.post()
                    .uri(chat())
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(ASK)
                    .retrieve()
                    .body(String.class));

    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.json"));
  }

  @ParameterizedTest
  @MethodSource("factories")
  @Covers(Behaviour.SDK_STREAM)
  void restClientStreams(String client, ClientHttpRequestFactory factory) throws Exception {
    RestClient rest = RestClient.builder().requestFactory(factory).build();

    Frame frame =
        once(
            client,
            stream("openai-chat.sse", "text/event-stream"),
            () ->
                rest.post()
                    .uri(chat())
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(ASK)
                    .exchange(
                        (request, response) ->
                            new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8)));

    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.sse"));
    assertThat(frame.event().responseSize().closedEarly()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("factories")
  @Covers(Behaviour.SDK_PLAIN)
  void restTemplate(String client, ClientHttpRequestFactory factory) throws Exception {
    RestTemplate rest = new RestTemplate(factory);
    RequestEntity<String> ask =
        RequestEntity.post(chat()).contentType(MediaType.APPLICATION_JSON).body(ASK);

    Frame frame =
        once(client, json("openai-chat.json"), () -> rest.exchange(ask, String.class).getBody());

    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.json"));
  }

  @ParameterizedTest
  @MethodSource("factories")
  @Covers(Behaviour.SDK_ERROR)
  void restTemplateRefused(String client, ClientHttpRequestFactory factory) throws Exception {
    RestTemplate rest = new RestTemplate(factory);

    Frame frame =
        once(
            client,
            refusal(),
            () -> {
              try {
                return rest.postForObject(chat(), ASK, String.class);
              } catch (HttpClientErrorException e) {
                return e.getStatusCode() + e.getResponseBodyAsString();
              }
            });

    assertThat(frame.response().toBytes()).isEqualTo(REFUSAL);
    assertThat(frame.event().http().status()).isEqualTo(400);
  }
}
