package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.SdkTest;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;

/** What only Bedrock's asynchronous client has. */
class BedrockAsyncTest extends SdkTest {

  static Stream<BedrockHttp> clients() {
    return Stream.of(
        BedrockHttp.async("Netty", NettyNioAsyncHttpClient.create()),
        BedrockHttp.async("CRT", AwsCrtAsyncHttpClient.create()));
  }

  @ParameterizedTest
  @MethodSource("clients")
  @Covers(Behaviour.SDK_ASYNC)
  void oneAfterTheOther(BedrockHttp http) throws Exception {
    BedrockRuntimeAsyncClient bedrock = http.async(server.uri(""));

    exchanges(
        2,
        http.client,
        json("bedrock-converse.json"),
        () ->
            bedrock
                .converse(BedrockTest.CONVERSE)
                .thenCompose(answer -> bedrock.converse(BedrockTest.CONVERSE))
                .get(20, TimeUnit.SECONDS)
                .output());
  }

  @ParameterizedTest
  @MethodSource("clients")
  @Covers(Behaviour.SDK_STREAM)
  void stream(BedrockHttp http) throws Exception {
    BedrockRuntimeAsyncClient bedrock = http.async(server.uri(""));

    Frame frame =
        once(
            http.client,
            stream("bedrock-converse.eventstream", "application/vnd.amazon.eventstream"),
            () -> streamed(bedrock));

    assertThat(frame.event().http().url()).endsWith("/converse-stream");
    assertThat(frame.response().toBytes()).isEqualTo(reply("bedrock-converse.eventstream"));
  }

  private static List<Object> streamed(BedrockRuntimeAsyncClient bedrock) throws Exception {
    List<Object> events = new CopyOnWriteArrayList<>();
    bedrock
        .converseStream(
            ConverseStreamRequest.builder().modelId(Bedrock.MODEL).messages(BedrockTest.HI).build(),
            ConverseStreamResponseHandler.builder().subscriber(events::add).build())
        .get(20, TimeUnit.SECONDS);
    return events;
  }
}
