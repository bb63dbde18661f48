package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ProviderApi;
import io.sidetrace.instrumentation.testing.coverage.Covered;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.util.EnumMap;
import java.util.Map;
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
enum SpringAi2Provider implements Covered {
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

  final ProviderApi api;
  final String client;
  final String streamingClient;
  private final Class<?> model;

  SpringAi2Provider(ProviderApi api, Class<?> model, String client, String streamingClient) {
    this.api = api;
    this.model = model;
    this.client = client;
    this.streamingClient = streamingClient;
  }

  @Override
  public Library library() {
    return Library.of("Spring AI, " + api.title(), model);
  }

  @Override
  public Map<Limit, String> limits() {
    Map<Limit, String> limits = new EnumMap<>(Limit.class);
    limits.put(Limit.NO_ASYNC, "its streams are its asynchronous calls.");
    if (this == ANTHROPIC) {
      limits.put(Limit.NO_EMBEDDINGS, "the provider has none.");
    }
    return limits;
  }

  abstract ChatModel chatModel(String server);

  EmbeddingModel embeddingModel(String server) {
    throw new AssertionError(api.title() + " has no embeddings");
  }
}
