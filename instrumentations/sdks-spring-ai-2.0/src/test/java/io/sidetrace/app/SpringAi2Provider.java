package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ModelContract;
import io.sidetrace.instrumentation.testing.ProviderApi;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.OllamaEmbeddingModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** What Spring AI calls. */
enum SpringAi2Provider implements ModelContract.Provider {
  OPEN_AI(ProviderApi.OPEN_AI, OpenAiChatModel.class, "okhttp", "okhttp") {
    @Override
    ChatModel chatModel(String server) {
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

    @Override
    EmbeddingModel embeddingModel(String server) {
      return OpenAiEmbeddingModel.builder()
          .options(
              OpenAiEmbeddingOptions.builder()
                  .baseUrl(server + "/v1")
                  .apiKey("k")
                  .model("text-embedding-3-small")
                  .maxRetries(0)
                  .build())
          .build();
    }
  },
  ANTHROPIC(ProviderApi.ANTHROPIC, AnthropicChatModel.class, "okhttp", "okhttp") {
    @Override
    ChatModel chatModel(String server) {
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
  OLLAMA(ProviderApi.OLLAMA, OllamaChatModel.class, "java.net.http", "reactor-netty") {
    @Override
    ChatModel chatModel(String server) {
      return OllamaChatModel.builder().ollamaApi(api(server)).build();
    }

    @Override
    EmbeddingModel embeddingModel(String server) {
      return OllamaEmbeddingModel.builder().ollamaApi(api(server)).build();
    }

    private static OllamaApi api(String server) {
      return OllamaApi.builder()
          .baseUrl(server)
          .restClientBuilder(RestClient.builder().requestFactory(new JdkClientHttpRequestFactory()))
          .webClientBuilder(WebClient.builder().clientConnector(new ReactorClientHttpConnector()))
          .build();
    }
  };

  @SuppressWarnings("ImmutableEnumChecker") // its parts are immutable
  private final ModelContract.Way way;

  SpringAi2Provider(ProviderApi api, Class<?> model, String client, String streamingClient) {
    way = new ModelContract.Way("Spring AI", api, model, client, streamingClient);
  }

  @Override
  public ModelContract.Way way() {
    return way;
  }

  abstract ChatModel chatModel(String server);

  EmbeddingModel embeddingModel(String server) {
    throw new AssertionError(this + " has no embeddings");
  }
}
