package io.sidetrace.app;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import dev.langchain4j.model.bedrock.BedrockTitanEmbeddingModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiEmbeddingModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.sidetrace.instrumentation.testing.ModelContract;
import io.sidetrace.instrumentation.testing.ProviderApi;
import java.net.URI;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;

/** What LangChain4j calls. */
@SuppressWarnings("deprecation") // Apache HttpClient 4 is what it uses
enum LangChain4jProvider implements ModelContract.Provider {
  OPEN_AI(ProviderApi.OPEN_AI, OpenAiChatModel.class, "java.net.http") {
    @Override
    ChatModel chatModel(URI server) {
      return OpenAiChatModel.builder()
          .baseUrl(server + "/v1")
          .apiKey("k")
          .modelName("gpt-4o-mini")
          .maxRetries(0)
          .build();
    }

    @Override
    StreamingChatModel streamingModel(URI server) {
      return OpenAiStreamingChatModel.builder()
          .baseUrl(server + "/v1")
          .apiKey("k")
          .modelName("gpt-4o-mini")
          .build();
    }

    @Override
    EmbeddingModel embeddingModel(URI server) {
      return OpenAiEmbeddingModel.builder()
          .baseUrl(server + "/v1")
          .apiKey("k")
          .modelName("text-embedding-3-small")
          .maxRetries(0)
          .build();
    }
  },
  ANTHROPIC(ProviderApi.ANTHROPIC, AnthropicChatModel.class, "java.net.http") {
    @Override
    ChatModel chatModel(URI server) {
      return AnthropicChatModel.builder()
          .baseUrl(server + "/v1")
          .apiKey("k")
          .modelName("claude-sonnet-4-5")
          .maxRetries(0)
          .build();
    }

    @Override
    StreamingChatModel streamingModel(URI server) {
      return AnthropicStreamingChatModel.builder()
          .baseUrl(server + "/v1")
          .apiKey("k")
          .modelName("claude-sonnet-4-5")
          .build();
    }
  },
  GEMINI(ProviderApi.GEMINI, GoogleAiGeminiChatModel.class, "java.net.http") {
    @Override
    ChatModel chatModel(URI server) {
      return GoogleAiGeminiChatModel.builder()
          .baseUrl(server + "/v1beta")
          .apiKey("k")
          .modelName("gemini-2.0-flash")
          .maxRetries(0)
          .build();
    }

    @Override
    StreamingChatModel streamingModel(URI server) {
      return GoogleAiGeminiStreamingChatModel.builder()
          .baseUrl(server + "/v1beta")
          .apiKey("k")
          .modelName("gemini-2.0-flash")
          .build();
    }

    @Override
    EmbeddingModel embeddingModel(URI server) {
      return GoogleAiEmbeddingModel.builder()
          .baseUrl(server + "/v1beta")
          .apiKey("k")
          .modelName("gemini-embedding-001")
          .maxRetries(0)
          .build();
    }
  },
  OLLAMA(ProviderApi.OLLAMA, OllamaChatModel.class, "java.net.http") {
    @Override
    ChatModel chatModel(URI server) {
      return OllamaChatModel.builder()
          .baseUrl(server.toString())
          .modelName("llama3.2")
          .maxRetries(0)
          .build();
    }

    @Override
    StreamingChatModel streamingModel(URI server) {
      return OllamaStreamingChatModel.builder()
          .baseUrl(server.toString())
          .modelName("llama3.2")
          .build();
    }

    @Override
    EmbeddingModel embeddingModel(URI server) {
      return OllamaEmbeddingModel.builder()
          .baseUrl(server.toString())
          .modelName("all-minilm")
          .maxRetries(0)
          .build();
    }
  },
  BEDROCK(ProviderApi.BEDROCK, BedrockChatModel.class, "apache-httpclient-4") {
    @Override
    ChatModel chatModel(URI server) {
      return BedrockChatModel.builder()
          .client(Bedrock.blocking(server, ApacheHttpClient.create()))
          .modelId(Bedrock.MODEL)
          .maxRetries(0)
          .build();
    }

    @Override
    StreamingChatModel streamingModel(URI server) {
      return BedrockStreamingChatModel.builder()
          .client(Bedrock.async(server, NettyNioAsyncHttpClient.create()))
          .modelId(Bedrock.MODEL)
          .build();
    }

    @Override
    EmbeddingModel embeddingModel(URI server) {
      return BedrockTitanEmbeddingModel.builder()
          .client(Bedrock.blocking(server, ApacheHttpClient.create()))
          .model("amazon.titan-embed-text-v2:0")
          .maxRetries(0)
          .build();
    }
  };

  @SuppressWarnings("ImmutableEnumChecker") // its parts are immutable
  private final ModelContract.Way way;

  LangChain4jProvider(ProviderApi api, Class<?> model, String client) {
    way =
        new ModelContract.Way(
            "LangChain4j", api, model, client, client.startsWith("apache") ? "aws-sdk" : client);
  }

  @Override
  public ModelContract.Way way() {
    return way;
  }

  abstract ChatModel chatModel(URI server);

  abstract StreamingChatModel streamingModel(URI server);

  EmbeddingModel embeddingModel(URI server) {
    throw new AssertionError(this + " has no embeddings");
  }
}
