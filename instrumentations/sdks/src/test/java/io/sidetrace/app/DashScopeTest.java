package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.dashscope.aigc.generation.Generation;
import com.alibaba.dashscope.aigc.generation.GenerationParam;
import com.alibaba.dashscope.aigc.generation.GenerationResult;
import com.alibaba.dashscope.common.Message;
import com.alibaba.dashscope.common.Role;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.SdkTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Alibaba's SDK over OkHttp. */
class DashScopeTest extends SdkTest {

  private Generation generation() {
    return new Generation("http", server.uri("/api/v1").toString());
  }

  private static GenerationParam hi() {
    return GenerationParam.builder()
        .apiKey("k")
        .model("qwen-turbo")
        .messages(List.of(Message.builder().role(Role.USER.getValue()).content("Hi").build()))
        .resultFormat("message")
        .incrementalOutput(true)
        .build();
  }

  private static String text(GenerationResult result) {
    return result.getOutput().getChoices().get(0).getMessage().getContent();
  }

  @Test
  void call() throws Exception {
    Frame frame = once("okhttp", json("dashscope.json"), () -> text(generation().call(hi())));

    assertThat(frame.event().http().url()).endsWith("/services/aigc/text-generation/generation");
    assertThat(frame.response().toBytes()).isEqualTo(reply("dashscope.json"));
  }

  @Test
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
  void refused() throws Exception {
    Frame frame = once("okhttp", refusal(), () -> outcome(() -> generation().call(hi())));

    assertThat(frame.event().http().status()).isEqualTo(400);
  }
}
