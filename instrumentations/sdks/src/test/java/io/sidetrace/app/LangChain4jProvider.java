package io.sidetrace.app;

import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.bedrock.BedrockChatModel;
import dev.langchain4j.model.bedrock.BedrockStreamingChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiChatModel;
import dev.langchain4j.model.googleai.GoogleAiGeminiStreamingChatModel;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import java.net.URI;

/** What LangChain4j calls, and how its answers look. */
enum LangChain4jProvider {
  OPEN_AI("java.net.http", "/v1/chat/completions", "openai-chat", ".sse", "text/event-stream") {
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
  },
  ANTHROPIC("java.net.http", "/v1/messages", "anthropic", ".sse", "text/event-stream") {
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
  GEMINI("java.net.http", "enerateContent", "gemini", ".sse", "text/event-stream") {
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
  },
  OLLAMA("java.net.http", "/api/chat", "ollama", ".ndjson", "application/x-ndjson") {
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
  },
  BEDROCK(
      "apache-httpclient-4",
      "/converse",
      "bedrock-converse",
      ".eventstream",
      "application/vnd.amazon.eventstream") {
    @Override
    ChatModel chatModel(URI server) {
      return BedrockChatModel.builder()
          .client(Bedrock.blocking(server))
          .modelId(Bedrock.MODEL)
          .maxRetries(0)
          .build();
    }

    @Override
    StreamingChatModel streamingModel(URI server) {
      return BedrockStreamingChatModel.builder()
          .client(Bedrock.async(server))
          .modelId(Bedrock.MODEL)
          .build();
    }
  };

  final String client;
  final String streamingClient;
  final String path;
  final String reply;
  final String stream;
  final String streamType;

  LangChain4jProvider(String client, String path, String reply, String stream, String streamType) {
    this.client = client;
    this.streamingClient = client.startsWith("apache") ? "aws-sdk" : client;
    this.path = path;
    this.reply = reply;
    this.stream = stream;
    this.streamType = streamType;
  }

  abstract ChatModel chatModel(URI server);

  abstract StreamingChatModel streamingModel(URI server);
}
