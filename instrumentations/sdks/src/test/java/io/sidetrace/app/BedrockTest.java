package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.SdkTest;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;
import software.amazon.awssdk.services.bedrockruntime.model.ToolResultContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ToolSpecification;

/** Bedrock through the HTTP clients that the AWS SDK always had. */
class BedrockTest extends SdkTest {
  static final Message HI =
      Message.builder().role(ConversationRole.USER).content(ContentBlock.fromText("Hi")).build();
  static final ConverseRequest CONVERSE =
      ConverseRequest.builder().modelId(Bedrock.MODEL).messages(HI).build();

  @SuppressWarnings("deprecation") // Apache HttpClient 4: what most use
  static Stream<BedrockHttp> clients() {
    return Stream.of(
        BedrockHttp.blocking(
            "Apache HttpClient 4", "apache-httpclient-4", ApacheHttpClient.create()),
        BedrockHttp.blocking(
            "HttpURLConnection", "HttpURLConnection", UrlConnectionHttpClient.create()),
        BedrockHttp.blocking("CRT, blocking", "aws-sdk", AwsCrtHttpClient.create()),
        BedrockHttp.async("Netty", NettyNioAsyncHttpClient.create()),
        BedrockHttp.async("CRT", AwsCrtAsyncHttpClient.create()));
  }

  private ConverseOutput converse(BedrockHttp http, ConverseRequest request) throws Exception {
    return http.converse(server.uri(""), request).get(20, TimeUnit.SECONDS).output();
  }

  @ParameterizedTest
  @MethodSource("clients")
  @Covers(Behaviour.SDK_PLAIN)
  void converse(BedrockHttp http) throws Exception {
    Frame frame = once(http.client, json("bedrock-converse.json"), () -> converse(http, CONVERSE));

    assertThat(frame.event().http().url()).endsWith("/converse");
    assertThat(frame.response().toBytes()).isEqualTo(reply("bedrock-converse.json"));
  }

  @ParameterizedTest
  @MethodSource("clients")
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
  @MethodSource("clients")
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
  @MethodSource("clients")
  @Covers(Behaviour.SDK_ERROR)
  void refused(BedrockHttp http) throws Exception {
    Frame frame = once(http.client, refusal(), () -> outcome(() -> converse(http, CONVERSE)));

    assertThat(frame.event().http().status()).isEqualTo(400);
    assertThat(frame.response().toBytes()).isEqualTo(REFUSAL);
  }
}
