package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.SdkTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/** Spring's three clients over what they can send with. */
class SpringClientsTest extends SdkTest {
  private static final String ASK =
      "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

  static Stream<Arguments> factories() {
    return Stream.of(
        Arguments.of("HttpURLConnection", new SimpleClientHttpRequestFactory()),
        Arguments.of("java.net.http", new JdkClientHttpRequestFactory()),
        Arguments.of("apache-httpclient-5", new HttpComponentsClientHttpRequestFactory()),
        Arguments.of("reactor-netty", new ReactorClientHttpRequestFactory()));
  }

  static Stream<Arguments> connectors() {
    return Stream.of(
        Arguments.of("java.net.http", new JdkClientHttpConnector()),
        Arguments.of("reactor-netty", new ReactorClientHttpConnector()));
  }

  private String chat() {
    return server.uri("/v1/chat/completions").toString();
  }

  @ParameterizedTest
  @MethodSource("factories")
  void restClient(String client, ClientHttpRequestFactory factory) throws Exception {
    RestClient rest = RestClient.builder().requestFactory(factory).build();

    Frame frame =
        once(
            client,
            (request, reply) -> reply.send(200, JSON, reply("openai-chat.json")),
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
  void restTemplate(String client, ClientHttpRequestFactory factory) throws Exception {
    RestTemplate rest = new RestTemplate(factory);
    HttpHeaders headers = new HttpHeaders();
    headers.setContentType(MediaType.APPLICATION_JSON);

    Frame frame =
        once(
            client,
            (request, reply) -> reply.send(200, JSON, reply("openai-chat.json")),
            () -> rest.postForObject(chat(), new HttpEntity<>(ASK, headers), String.class));

    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.json"));
  }

  @ParameterizedTest
  @MethodSource("factories")
  void restTemplateRefused(String client, ClientHttpRequestFactory factory) throws Exception {
    RestTemplate rest = new RestTemplate(factory);
    byte[] error = "{\"error\":{\"message\":\"no\"}}".getBytes(StandardCharsets.UTF_8);

    Frame frame =
        once(
            client,
            (request, reply) -> reply.send(400, JSON, error),
            () -> {
              try {
                return rest.postForObject(chat(), ASK, String.class);
              } catch (HttpClientErrorException e) {
                return e.getStatusCode() + e.getResponseBodyAsString();
              }
            });

    assertThat(frame.response().toBytes()).isEqualTo(error);
    assertThat(frame.event().http().status()).isEqualTo(400);
  }

  @ParameterizedTest
  @MethodSource("connectors")
  void webClient(String client, ClientHttpConnector connector) throws Exception {
    WebClient web = WebClient.builder().clientConnector(connector).build();

    Frame frame =
        once(
            client,
            (request, reply) -> reply.send(200, JSON, reply("openai-chat.json")),
            () ->
                web.post()
                    .uri(chat())
                    .contentType(MediaType.APPLICATION_JSON)
                    .bodyValue(ASK)
                    .retrieve()
                    .bodyToMono(String.class)
                    .block());

    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.json"));
  }

  @ParameterizedTest
  @MethodSource("connectors")
  void webClientStreams(String client, ClientHttpConnector connector) throws Exception {
    WebClient web = WebClient.builder().clientConnector(connector).build();

    Frame frame =
        once(
            client,
            stream("openai-chat.sse", "text/event-stream"),
            () ->
                web.post()
                    .uri(chat())
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
