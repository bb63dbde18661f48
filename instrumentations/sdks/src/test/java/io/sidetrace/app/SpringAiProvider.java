package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ModelContract;
import io.sidetrace.instrumentation.testing.ProviderApi;
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
enum SpringAiProvider implements ModelContract.Provider {
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

  @SuppressWarnings("ImmutableEnumChecker") // its parts are immutable
  private final ModelContract.Way way;

  SpringAiProvider(ProviderApi api, Class<?> model) {
    way = new ModelContract.Way("Spring AI", api, model, "java.net.http", "reactor-netty");
  }

  @Override
  public ModelContract.Way way() {
    return way;
  }

  abstract ChatModel chatModel(String server);

  EmbeddingModel embeddingModel(String server) {
    throw new AssertionError(this + " has no embeddings");
  }

  private static RestClient.Builder rest() {
    return RestClient.builder().requestFactory(new JdkClientHttpRequestFactory());
  }

  private static WebClient.Builder web() {
    return WebClient.builder().clientConnector(new ReactorClientHttpConnector());
  }
}
