package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.cohere.api.Cohere;
import com.cohere.api.core.ObjectMappers;
import com.cohere.api.resources.v2.requests.V2ChatRequest;
import com.cohere.api.resources.v2.requests.V2EmbedRequest;
import com.cohere.api.types.ChatMessageV2;
import com.cohere.api.types.EmbedInputType;
import com.cohere.api.types.EmbeddingType;
import com.cohere.api.types.ToolV2;
import com.cohere.api.types.ToolV2Function;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.SdkTest;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Cohere's SDK over OkHttp. */
class CohereTest extends SdkTest {
  static final ChatMessageV2 HI = message(Map.of("role", "user", "content", "Hi"));
  static final V2ChatRequest ASK =
      V2ChatRequest.builder().model("command-r").messages(List.of(HI)).build();

  /** As JSON, since the names of its types differ between versions. */
  private static ChatMessageV2 message(Map<String, ?> message) {
    return ObjectMappers.JSON_MAPPER.convertValue(message, ChatMessageV2.class);
  }

  @Override
  public Library library() {
    return Library.of("cohere-java", Cohere.class);
  }

  /** What is younger is in {@link CohereNewestTest}. */
  @Override
  public Map<Limit, String> limits() {
    return library().version().equals("1.7.0")
        ? Map.of(
            Limit.NO_STREAM, "1.7.0 does not understand what the provider streams.",
            Limit.NO_ASYNC, "1.7.0 has no asynchronous client.")
        : Map.of();
  }

  private Cohere cohere() {
    return Cohere.builder().token("k").url(server.uri("").toString()).build();
  }

  @Test
  @Covers(Behaviour.SDK_PLAIN)
  void chat() throws Exception {
    Cohere cohere = cohere();

    Frame frame =
        once("okhttp", json("cohere.json"), () -> cohere.v2().chat(ASK).getMessage().toString());

    assertThat(frame.event().http().url()).endsWith("/v2/chat");
    assertThat(frame.response().toBytes()).isEqualTo(reply("cohere.json"));
  }

  @Test
  @Covers(Behaviour.SDK_TOOLS)
  void tools() throws Exception {
    Cohere cohere = cohere();
    ToolV2 weather =
        ToolV2.builder()
            .function(
                ToolV2Function.builder()
                    .name("weather")
                    .parameters(Map.of("type", "object"))
                    .build())
            .build();

    List<Frame> frames =
        exchanges(
            2,
            "okhttp",
            inTurn("cohere-tools.json", "cohere.json"),
            () -> {
              Object calls =
                  cohere
                      .v2()
                      .chat(
                          V2ChatRequest.builder()
                              .model("command-r")
                              .messages(List.of(HI))
                              .tools(List.of(weather))
                              .build())
                      .getMessage()
                      .getToolCalls()
                      .orElseThrow();
              ChatMessageV2 call = message(Map.of("role", "assistant", "tool_calls", calls));
              ChatMessageV2 rain =
                  message(Map.of("role", "tool", "tool_call_id", "call_1", "content", "rain"));
              return cohere
                  .v2()
                  .chat(
                      V2ChatRequest.builder()
                          .model("command-r")
                          .messages(List.of(HI, call, rain))
                          .build())
                  .getMessage()
                  .toString();
            });

    assertThat(frames.get(0).request().toUtf8()).contains("weather");
    assertThat(frames.get(0).response().toBytes()).isEqualTo(reply("cohere-tools.json"));
    assertThat(frames.get(1).request().toUtf8()).contains("rain");
  }

  @Test
  @Covers(Behaviour.SDK_EMBEDDINGS)
  void embeddings() throws Exception {
    V2EmbedRequest ask =
        V2EmbedRequest.builder()
            .model("embed-v4.0")
            .inputType(EmbedInputType.SEARCH_QUERY)
            .texts(List.of("Hi"))
            .embeddingTypes(List.of(EmbeddingType.FLOAT))
            .build();

    Frame frame =
        once(
            "okhttp",
            json("cohere-embed.json"),
            () -> cohere().v2().embed(ask).getEmbeddings().toString());

    assertThat(frame.response().toBytes()).isEqualTo(reply("cohere-embed.json"));
  }

  @Test
  @Covers(Behaviour.SDK_ERROR)
  void refused() throws Exception {
    Frame frame = once("okhttp", refusal(), () -> outcome(() -> cohere().v2().chat(ASK)));

    assertThat(frame.event().http().status()).isEqualTo(400);
    assertThat(frame.response().toBytes()).isEqualTo(REFUSAL);
  }
}
