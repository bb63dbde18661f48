package io.sidetrace.standin;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What a request asks, whichever endpoint it came to.
 *
 * @param text the last message's, or the input's
 * @param promptTokens counted as words of all messages, plus 3 for each
 */
record Question(String model, boolean stream, boolean includeUsage, String text, int promptTokens) {

  static Question of(JsonNode request) {
    String text = "";
    int tokens = 0;
    for (JsonNode message : messages(request)) {
      text = text(message);
      tokens += 3 + words(text);
    }
    return new Question(
        request.path("model").asText("unknown"),
        request.path("stream").asBoolean(false),
        request.path("stream_options").path("include_usage").asBoolean(false),
        text,
        tokens);
  }

  /** {@code messages} of chat completions; {@code input} of responses and embeddings. */
  private static Iterable<JsonNode> messages(JsonNode request) {
    JsonNode messages = request.has("messages") ? request.get("messages") : request.path("input");
    return messages.isArray() ? messages : java.util.List.of(messages);
  }

  private static String text(JsonNode message) {
    JsonNode content = message.isObject() ? message.path("content") : message;
    if (!content.isArray()) {
      return content.asText("");
    }
    StringBuilder parts = new StringBuilder();
    content.forEach(part -> parts.append(part.path("text").asText("")));
    return parts.toString();
  }

  private static int words(String text) {
    return text.isBlank() ? 0 : text.trim().split("\\s+", -1).length;
  }
}
