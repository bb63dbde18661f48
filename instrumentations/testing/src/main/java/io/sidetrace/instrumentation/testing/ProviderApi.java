package io.sidetrace.instrumentation.testing;

/** A provider's API as frameworks call it, and the names of its recorded replies. */
public enum ProviderApi {
  OPEN_AI("OpenAI", "/v1/chat/completions", "openai-chat", ".sse", "openai-embedding.json"),
  ANTHROPIC("Anthropic", "/v1/messages", "anthropic", ".sse", ""),
  GEMINI("Gemini", "enerateContent", "gemini", ".sse", "gemini-embed.json"),
  OLLAMA("Ollama", "/api/chat", "ollama", ".ndjson", "ollama-embed.json"),
  BEDROCK("Bedrock", "/converse", "bedrock-converse", ".eventstream", "bedrock-titan-embed.json");

  private final String title;
  private final String path;
  private final String reply;
  private final String stream;
  private final String embedding;

  ProviderApi(String title, String path, String reply, String stream, String embedding) {
    this.title = title;
    this.path = path;
    this.reply = reply;
    this.stream = stream;
    this.embedding = embedding;
  }

  /** As people call the provider. */
  public String title() {
    return title;
  }

  /** A part of the URL of each call. */
  public String path() {
    return path;
  }

  public String plain() {
    return reply + ".json";
  }

  /** Asks for the tool {@code weather}. */
  public String tools() {
    return reply + "-tools.json";
  }

  public String stream() {
    return reply + stream;
  }

  public String embedding() {
    return embedding;
  }

  /** The content type of streams. */
  public String streamType() {
    return switch (this) {
      case OLLAMA -> "application/x-ndjson";
      case BEDROCK -> "application/vnd.amazon.eventstream";
      default -> "text/event-stream";
    };
  }
}
