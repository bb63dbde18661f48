package io.sidetrace.agent.api;

import static io.sidetrace.agent.api.LlmEndpoints.Match.CERTAIN;
import static io.sidetrace.agent.api.LlmEndpoints.Match.IF_MODEL;
import static io.sidetrace.agent.api.LlmEndpoints.Match.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LlmEndpointsTest {
  private final LlmEndpoints endpoints = new LlmEndpoints(List.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.openai.com/v1/chat/completions",
        "http://vllm:8000/v1/chat/completions/",
        "https://x.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21",
        "https://x.openai.azure.com/openai/deployments/d/embeddings?api-version=2024-10-21",
        "https://generativelanguage.googleapis.com/v1beta/models/gemini-2.5-flash:generateContent",
        "https://g.com/v1beta/models/gemini:streamGenerateContent?alt=sse&key=k",
        "https://bedrock-runtime.us-east-1.amazonaws.com/model/anthropic.claude-v2%3A1/invoke",
        "https://b.com/model/arn%3Aaws%3Abedrock%2Fx/converse-stream",
        "/v1/chat/completions"
      })
  void pathsOfAnLlmAlone_areCertain(String url) {
    assertThat(endpoints.match("POST", url)).isEqualTo(CERTAIN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.openai.com/v1/responses",
        "https://api.openai.com/v1/completions#f",
        "https://api.openai.com/v1/embeddings",
        "https://api.anthropic.com/v1/messages",
        "https://api.anthropic.com/v1/messages?beta=true",
        "http://localhost:11434/api/chat",
        "http://localhost:11434/api/generate",
        "http://localhost:11434/api/embed",
        "https://dashscope.aliyuncs.com/api/v1/services/aigc/text-generation/generation",
        "https://survey.example/responses"
      })
  void pathsThatOthersHaveToo_dependOnTheBody(String url) {
    assertThat(endpoints.match("POST", url)).isEqualTo(IF_MODEL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.openai.com/v1/models",
        "https://api.openai.com/v1/responses/resp_1/cancel",
        "https://api.anthropic.com/v1/messages/batches",
        "https://api.anthropic.com/v1/messages/count_tokens",
        "https://shop.example/chat/completions-report",
        "https://shop.example/xresponses",
        "https://shop.example/model/invoke",
        "https://shop.example/remodel/7/invoke",
        "https://shop.example/orders?next=/v1/chat/completions",
        "https://shop.example/orders#/v1/chat/completions",
        "https://chat/completions.example",
        "https://host",
        "/",
        ""
      })
  void lookAlikes_areLeftAlone(String url) {
    assertThat(endpoints.match("POST", url)).isEqualTo(NONE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE", "HEAD", "OPTIONS"})
  void onlyPosts_areCalls(String method) {
    assertThat(endpoints.match(method, "https://api.openai.com/v1/chat/completions"))
        .isEqualTo(NONE);
  }

  @Test
  void patternsOfTheUser_areOverHostAndPath() {
    LlmEndpoints own = new LlmEndpoints(List.of("llm.corp/v3/ask*"));

    assertThat(own.match("POST", "https://llm.corp/v3/ask/fast?x=1")).isEqualTo(CERTAIN);
    assertThat(own.match("POST", "https://other.corp/v3/ask")).isEqualTo(NONE);
    assertThat(own.match("POST", "https://other.corp/?u=llm.corp/v3/ask")).isEqualTo(NONE);
  }
}
