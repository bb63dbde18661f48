package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ProviderApi;
import io.sidetrace.instrumentation.testing.coverage.Covered;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.ai.anthropic.AnthropicChatModel;
import org.springframework.ai.anthropic.AnthropicChatOptions;
import org.springframework.ai.anthropic.api.AnthropicApi;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.ollama.OllamaChatModel;
import org.springframework.ai.ollama.OllamaEmbeddingModel;
import org.springframework.ai.ollama.api.OllamaApi;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** What Spring AI calls. */
enum SpringAiProvider implements Covered {
  OPEN_AI(ProviderApi.OPEN_AI, OpenAiChatModel.class) {
    @Override
    ChatModel chatModel(String server) {
      return OpenAiChatModel.builder()
          .openAiApi(api(server))
          .defaultOptions(OpenAiChatOptions.builder().model("gpt-4o-mini").build())
          .build();
    }

    @Override
    EmbeddingModel embeddingModel(String server) {
      return new OpenAiEmbeddingModel(api(server));
    }

    private static OpenAiApi api(String server) {
      return OpenAiApi.builder()
          .baseUrl(server)
          .apiKey("k")
          .restClientBuilder(rest())
          .webClientBuilder(web())
          .build();
    }
  },
  ANTHROPIC(ProviderApi.ANTHROPIC, AnthropicChatModel.class) {
    @Override
    ChatModel chatModel(String server) {
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
  OLLAMA(ProviderApi.OLLAMA, OllamaChatModel.class) {
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
          .restClientBuilder(rest())
          .webClientBuilder(web())
          .build();
    }
  };

  final ProviderApi api;
  private final Class<?> model;

  SpringAiProvider(ProviderApi api, Class<?> model) {
    this.api = api;
    this.model = model;
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

  private static RestClient.Builder rest() {
    return RestClient.builder().requestFactory(new JdkClientHttpRequestFactory());
  }

  private static WebClient.Builder web() {
    return WebClient.builder().clientConnector(new ReactorClientHttpConnector());
  }
}
