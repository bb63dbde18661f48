package io.sidetrace.app;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.anthropic.api.AnthropicApi;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** What Spring AI calls, and how its answers look. */
enum SpringAiProvider {
  OPEN_AI("/v1/chat/completions", "openai-chat", ".sse", "text/event-stream") {
    @Override
    ChatModel model(String server) {
      return OpenAiChatModel.builder()
          .openAiApi(
              OpenAiApi.builder()
                  .baseUrl(server)
                  .apiKey("k")
                  .restClientBuilder(rest())
                  .webClientBuilder(web())
                  .build())
          .defaultOptions(OpenAiChatOptions.builder().model("gpt-4o-mini").build())
          .build();
    }
  },
  ANTHROPIC("/v1/messages", "anthropic", ".sse", "text/event-stream") {
    @Override
    ChatModel model(String server) {
      return AnthropicChatModel.builder()
          .anthropicApi(
              AnthropicApi.builder()
                  .baseUrl(server)
                  .apiKey("k")
                  .restClientBuilder(rest())
                  .webClientBuilder(web())
                  .build())
          .defaultOptions(
              AnthropicChatOptions.builder().model("claude-sonnet-4-5").maxTokens(64).build())
          .build();
    }
  },
  OLLAMA("/api/chat", "ollama", ".ndjson", "application/x-ndjson") {
    @Override
    ChatModel model(String server) {
      return OllamaChatModel.builder()
          .ollamaApi(
              OllamaApi.builder()
                  .baseUrl(server)
                  .restClientBuilder(rest())
                  .webClientBuilder(web())
                  .build())
          .defaultOptions(OllamaChatOptions.builder().model("llama3.2").build())
          .build();
    }
  };

  final String path;
  final String reply;
  final String stream;
  final String streamType;

  SpringAiProvider(String path, String reply, String stream, String streamType) {
    this.path = path;
    this.reply = reply;
    this.stream = stream;
    this.streamType = streamType;
  }

  abstract ChatModel model(String server);

  private static RestClient.Builder rest() {
    return RestClient.builder().requestFactory(new JdkClientHttpRequestFactory());
  }

  private static WebClient.Builder web() {
    return WebClient.builder().clientConnector(new ReactorClientHttpConnector());
  }
}
