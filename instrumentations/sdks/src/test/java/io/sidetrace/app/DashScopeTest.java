package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.dashscope.aigc.generation.Generation;
import com.alibaba.dashscope.aigc.generation.GenerationParam;
import com.alibaba.dashscope.aigc.generation.GenerationResult;
import com.alibaba.dashscope.common.Message;
import com.alibaba.dashscope.common.ResultCallback;
import com.alibaba.dashscope.common.Role;
import com.alibaba.dashscope.embeddings.TextEmbedding;
import com.alibaba.dashscope.embeddings.TextEmbeddingParam;
import com.alibaba.dashscope.tools.FunctionDefinition;
import com.alibaba.dashscope.tools.ToolFunction;
import com.google.gson.JsonObject;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.SdkTest;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Alibaba's SDK over OkHttp. */
class DashScopeTest extends SdkTest {

  @Override
  public Library library() {
    return Library.of("dashscope-sdk-java", Generation.class);
  }

  private Generation generation() {
    return new Generation("http", server.uri("/api/v1").toString());
  }

  private static GenerationParam hi() {
    return ask(List.of(message(Role.USER, "Hi"))).incrementalOutput(true).build();
  }

  private static GenerationParam.GenerationParamBuilder<?, ?> ask(List<Message> messages) {
    return GenerationParam.builder()
        .apiKey("k")
        .model("qwen-turbo")
        .messages(messages)
        .resultFormat("message");
  }

  private static Message message(Role role, String content) {
    return Message.builder().role(role.getValue()).content(content).build();
  }

  private static String text(GenerationResult result) {
    return result.getOutput().getChoices().get(0).getMessage().getContent();
  }

  @Test
  @Covers(Behaviour.SDK_PLAIN)
  void call() throws Exception {
    Frame frame = once("okhttp", json("dashscope.json"), () -> text(generation().call(hi())));

    assertThat(frame.event().http().url()).endsWith("/services/aigc/text-generation/generation");
    assertThat(frame.response().toBytes()).isEqualTo(reply("dashscope.json"));
  }

  @Test
  @Covers(Behaviour.SDK_STREAM)
  void stream() throws Exception {
    Frame frame =
        once(
            "okhttp",
            stream("dashscope.sse", "text/event-stream"),
            () -> {
              List<String> parts = new ArrayList<>();
              generation().streamCall(hi()).blockingForEach(part -> parts.add(text(part)));
              return parts;
            });

    assertThat(frame.response().toBytes()).isEqualTo(reply("dashscope.sse"));
  }

  @Test
  @Covers(Behaviour.SDK_ERROR)
  void refused() throws Exception {
    Frame frame = once("okhttp", refusal(), () -> outcome(() -> generation().call(hi())));

    assertThat(frame.event().http().status()).isEqualTo(400);
  }

  @Test
  @Covers(Behaviour.SDK_TOOLS)
  void tools() throws Exception {
    ToolFunction weather =
        ToolFunction.builder()
            .function(
                FunctionDefinition.builder()
                    .name("weather")
                    .description("Tells it")
                    .parameters(new JsonObject())
                    .build())
            .build();
    Message question = message(Role.USER, "What is the weather?");

    List<Frame> frames =
        exchanges(
            2,
            "okhttp",
            inTurn("dashscope-tools.json", "dashscope.json"),
            () -> {
              GenerationResult answer =
                  generation().call(ask(List.of(question)).tools(List.of(weather)).build());
              Message call = answer.getOutput().getChoices().get(0).getMessage();
              Message rain =
                  Message.builder()
                      .role(Role.TOOL.getValue())
                      .content("rain")
                      .toolCallId("call_1")
                      .build();
              return text(generation().call(ask(List.of(question, call, rain)).build()));
            });

    assertThat(frames.get(0).request().toUtf8()).contains("weather");
    assertThat(frames.get(0).response().toBytes()).isEqualTo(reply("dashscope-tools.json"));
    assertThat(frames.get(1).request().toUtf8()).contains("rain");
  }

  @Test
  @Covers(Behaviour.SDK_ASYNC)
  void callAsync() throws Exception {
    Frame frame =
        once(
            "okhttp",
            json("dashscope.json"),
            () -> {
              CompletableFuture<String> text = new CompletableFuture<>();
              generation()
                  .call(
                      hi(),
                      new ResultCallback<>() {
                        @Override
                        public void onEvent(GenerationResult result) {
                          text.complete(text(result));
                        }

                        @Override
                        public void onComplete() {}

                        @Override
                        public void onError(Exception failure) {
                          text.completeExceptionally(failure);
                        }
                      });
              return text.get(20, TimeUnit.SECONDS);
            });

    assertThat(frame.response().toBytes()).isEqualTo(reply("dashscope.json"));
  }

  @Test
  @Covers(Behaviour.SDK_EMBEDDINGS)
  void embeddings() throws Exception {
    TextEmbeddingParam ask =
        TextEmbeddingParam.builder()
            .apiKey("k")
            .model("text-embedding-v3")
            .texts(List.of("Hi"))
            .build();

    Frame frame =
        once(
            "okhttp",
            json("dashscope-embed.json"),
            () ->
                new TextEmbedding(server.uri("/api/v1").toString())
                    .call(ask)
                    .getOutput()
                    .getEmbeddings()
                    .get(0)
                    .getEmbedding());

    assertThat(frame.response().toBytes()).isEqualTo(reply("dashscope-embed.json"));
  }
}
