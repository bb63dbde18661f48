package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.SdkTest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.Message;

/** Bedrock through each HTTP client of the AWS SDK. */
class BedrockTest extends SdkTest {
  private static final String MODEL = "anthropic.claude-3-haiku-20240307-v1:0";
  private static final Message HI =
      Message.builder().role(ConversationRole.USER).content(ContentBlock.fromText("Hi")).build();
  private static final StaticCredentialsProvider KEYS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));

  @SuppressWarnings("deprecation") // what most applications still use
  static Stream<Arguments> blocking() {
    return Stream.of(
        Arguments.of("apache-httpclient-4", ApacheHttpClient.create()),
        Arguments.of("HttpURLConnection", UrlConnectionHttpClient.create()));
  }

  static Stream<Arguments> async() {
    return Stream.of(
        Arguments.of("aws-sdk", NettyNioAsyncHttpClient.create()),
        Arguments.of("aws-sdk", AwsCrtAsyncHttpClient.create()));
  }

  private BedrockRuntimeClient client(SdkHttpClient http) {
    return BedrockRuntimeClient.builder()
        .httpClient(http)
        .endpointOverride(server.uri(""))
        .region(Region.US_EAST_1)
        .credentialsProvider(KEYS)
        .build();
  }

  private BedrockRuntimeAsyncClient client(SdkAsyncHttpClient http) {
    return BedrockRuntimeAsyncClient.builder()
        .httpClient(http)
        .endpointOverride(server.uri(""))
        .region(Region.US_EAST_1)
        .credentialsProvider(KEYS)
        .build();
  }

  private static ConverseRequest converse() {
    return ConverseRequest.builder().modelId(MODEL).messages(HI).build();
  }

  @ParameterizedTest
  @MethodSource("blocking")
  void converse(String name, SdkHttpClient http) throws Exception {
    BedrockRuntimeClient bedrock = client(http);

    Frame frame =
        once(
            name,
            (request, reply) -> reply.send(200, JSON, reply("bedrock-converse.json")),
            () -> bedrock.converse(converse()).output());

    assertThat(frame.event().http().url()).endsWith("/converse");
    assertThat(frame.response().toBytes()).isEqualTo(reply("bedrock-converse.json"));
  }

  @ParameterizedTest
  @MethodSource("blocking")
  void invoke(String name, SdkHttpClient http) throws Exception {
    BedrockRuntimeClient bedrock = client(http);

    Frame frame =
        once(
            name,
            (request, reply) -> reply.send(200, JSON, reply("bedrock-converse.json")),
            () ->
                bedrock
                    .invokeModel(
                        invoke -> invoke.modelId(MODEL).body(SdkBytes.fromUtf8String("{\"a\":1}")))
                    .body());

    assertThat(frame.request().toUtf8()).isEqualTo("{\"a\":1}");
    assertThat(frame.response().toBytes()).isEqualTo(reply("bedrock-converse.json"));
  }

  @ParameterizedTest
  @MethodSource("async")
  void converseAsync(String name, SdkAsyncHttpClient http) throws Exception {
    BedrockRuntimeAsyncClient bedrock = client(http);

    Frame frame =
        once(
            name,
            (request, reply) -> reply.send(200, JSON, reply("bedrock-converse.json")),
            () -> bedrock.converse(converse()).get(20, TimeUnit.SECONDS).output());

    assertThat(frame.response().toBytes()).isEqualTo(reply("bedrock-converse.json"));
  }

  @ParameterizedTest
  @MethodSource("async")
  void converseStream(String name, SdkAsyncHttpClient http) throws Exception {
    BedrockRuntimeAsyncClient bedrock = client(http);

    Frame frame =
        once(
            name,
            stream("bedrock-converse.eventstream", "application/vnd.amazon.eventstream"),
            () -> streamed(bedrock));

    assertThat(frame.event().http().url()).endsWith("/converse-stream");
    assertThat(frame.response().toBytes()).isEqualTo(reply("bedrock-converse.eventstream"));
  }

  private static List<Object> streamed(BedrockRuntimeAsyncClient bedrock) throws Exception {
    List<Object> events = new CopyOnWriteArrayList<>();
    bedrock
        .converseStream(
            ConverseStreamRequest.builder().modelId(MODEL).messages(HI).build(),
            ConverseStreamResponseHandler.builder().subscriber(events::add).build())
        .get(20, TimeUnit.SECONDS);
    return events.stream().map(Object.class::cast).toList();
  }
}
