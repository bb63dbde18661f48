package io.sidetrace.app;

import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.ollama.api.OllamaChatOptions;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** What Spring AI calls, and how its answers look. */
enum SpringAi2Provider {
  OPEN_AI("okhttp", "okhttp", "/v1/chat/completions", "openai-chat", ".sse", "text/event-stream") {
    @Override
    ChatModel model(String server) {
      return OpenAiChatModel.builder()
          .options(
              OpenAiChatOptions.builder()
                  .baseUrl(server + "/v1")
                  .apiKey("k")
                  .model("gpt-4o-mini")
                  .maxRetries(0)
                  .build())
          .build();
    }
  },
  ANTHROPIC("okhttp", "okhttp", "/v1/messages", "anthropic", ".sse", "text/event-stream") {
    @Override
    ChatModel model(String server) {
      return AnthropicChatModel.builder()
          .options(
              AnthropicChatOptions.builder()
                  .baseUrl(server)
                  .apiKey("k")
                  .model("claude-sonnet-4-5")
                  .maxTokens(64)
                  .maxRetries(0)
                  .build())
          .build();
    }
  },
  OLLAMA(
      "java.net.http", "reactor-netty", "/api/chat", "ollama", ".ndjson", "application/x-ndjson") {
    @Override
    ChatModel model(String server) {
      return OllamaChatModel.builder()
          .ollamaApi(
              OllamaApi.builder()
                  .baseUrl(server)
                  .restClientBuilder(
                      RestClient.builder().requestFactory(new JdkClientHttpRequestFactory()))
                  .webClientBuilder(
                      WebClient.builder().clientConnector(new ReactorClientHttpConnector()))
                  .build())
          .options(OllamaChatOptions.builder().model("llama3.2").build())
          .build();
    }
  };

  final String client;
  final String streamingClient;
  final String path;
  final String reply;
  final String stream;
  final String streamType;

  SpringAi2Provider(
      String client,
      String streamingClient,
      String path,
      String reply,
      String stream,
      String streamType) {
    this.client = client;
    this.streamingClient = streamingClient;
    this.path = path;
    this.reply = reply;
    this.stream = stream;
    this.streamType = streamType;
  }

  abstract ChatModel model(String server);
}
