package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.SdkTest;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolSpecification;

/** Bedrock through each HTTP client of the AWS SDK. */
class BedrockTest extends SdkTest {
  private static final Message HI =
      Message.builder().role(ConversationRole.USER).content(ContentBlock.fromText("Hi")).build();
  private static final ConverseRequest CONVERSE =
      ConverseRequest.builder().modelId(Bedrock.MODEL).messages(HI).build();

  private ConverseOutput converse(BedrockHttp http, ConverseRequest request) throws Exception {
    return http.converse(server.uri(""), request).get(20, TimeUnit.SECONDS).output();
  }

  @ParameterizedTest
  @EnumSource
  @Covers(Behaviour.SDK_PLAIN)
  void converse(BedrockHttp http) throws Exception {
    Frame frame = once(http.client, json("bedrock-converse.json"), () -> converse(http, CONVERSE));

    assertThat(frame.event().http().url()).endsWith("/converse");
    assertThat(frame.response().toBytes()).isEqualTo(reply("bedrock-converse.json"));
  }

  @ParameterizedTest
  @EnumSource
  @Covers(Behaviour.SDK_EMBEDDINGS)
  void invoke(BedrockHttp http) throws Exception {
    InvokeModelRequest request =
        InvokeModelRequest.builder()
            .modelId("amazon.titan-embed-text-v2:0")
            .body(SdkBytes.fromUtf8String("{\"inputText\":\"Hi\"}"))
            .build();

    Frame frame =
        once(
            http.client,
            json("bedrock-titan-embed.json"),
            () -> http.invoke(server.uri(""), request).get(20, TimeUnit.SECONDS).body());

    assertThat(frame.event().http().url()).endsWith("/invoke");
    assertThat(frame.request().toUtf8()).isEqualTo("{\"inputText\":\"Hi\"}");
    assertThat(frame.response().toBytes()).isEqualTo(reply("bedrock-titan-embed.json"));
  }

  @ParameterizedTest
  @EnumSource
  @Covers(Behaviour.SDK_TOOLS)
  void tools(BedrockHttp http) throws Exception {
    ToolSpecification weather =
        ToolSpecification.builder()
            .name("weather")
            .inputSchema(
                ToolInputSchema.fromJson(
                    Document.fromMap(Map.of("type", Document.fromString("object")))))
            .build();
    ConverseRequest asked =
        CONVERSE.toBuilder()
            .toolConfig(ToolConfiguration.builder().tools(Tool.fromToolSpec(weather)).build())
            .build();

    List<Frame> frames =
        exchanges(
            2,
            http.client,
            inTurn("bedrock-converse-tools.json", "bedrock-converse.json"),
            () -> converse(http, withRain(asked, converse(http, asked).message())));

    assertThat(frames.get(0).request().toUtf8()).contains("weather");
    assertThat(frames.get(0).response().toBytes()).isEqualTo(reply("bedrock-converse-tools.json"));
    assertThat(frames.get(1).request().toUtf8()).contains("toolResult", "rain");
  }

  private static ConverseRequest withRain(ConverseRequest asked, Message call) {
    Message rain =
        Message.builder()
            .role(ConversationRole.USER)
            .content(
                ContentBlock.fromToolResult(
                    result ->
                        result
                            .toolUseId(call.content().get(0).toolUse().toolUseId())
                            .content(ToolResultContentBlock.fromText("rain"))))
            .build();
    return asked.toBuilder().messages(HI, call, rain).build();
  }

  @ParameterizedTest
  @EnumSource
  @Covers(Behaviour.SDK_ERROR)
  void refused(BedrockHttp http) throws Exception {
    Frame frame = once(http.client, refusal(), () -> outcome(() -> converse(http, CONVERSE)));

    assertThat(frame.event().http().status()).isEqualTo(400);
    assertThat(frame.response().toBytes()).isEqualTo(REFUSAL);
  }

  @ParameterizedTest
  @EnumSource(names = {"NETTY", "CRT"})
  @Covers(Behaviour.SDK_ASYNC)
  void converseAsync(BedrockHttp http) throws Exception {
    BedrockRuntimeAsyncClient bedrock = http.async(server.uri(""));

    exchanges(
        2,
        http.client,
        json("bedrock-converse.json"),
        () ->
            bedrock
                .converse(CONVERSE)
                .thenCompose(answer -> bedrock.converse(CONVERSE))
                .get(20, TimeUnit.SECONDS)
                .output());
  }

  @ParameterizedTest
  @EnumSource(names = {"NETTY", "CRT"})
  @Covers(Behaviour.SDK_STREAM)
  void converseStream(BedrockHttp http) throws Exception {
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
            ConverseStreamRequest.builder().modelId(Bedrock.MODEL).messages(HI).build(),
            ConverseStreamResponseHandler.builder().subscriber(events::add).build())
        .get(20, TimeUnit.SECONDS);
    return events;
  }
}
