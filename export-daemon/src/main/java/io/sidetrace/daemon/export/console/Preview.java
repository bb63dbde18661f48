package io.sidetrace.daemon.export.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A text on one line: of chat messages the last one's words, of anything else its beginning. */
final class Preview {
  private static final JsonFactory JSON = new JsonFactory();

  private Preview() {}

  static String of(String text, int width) {
    String words = words(text);
    String line = (words == null ? text : words).strip().replaceAll("\\s+", " ");
    return line.length() <= width ? line : line.substring(0, cut(line, width - 1)) + "…";
  }

  private static int cut(String line, int at) {
    return Character.isHighSurrogate(line.charAt(at - 1)) ? at - 1 : at;
  }

  /** What was said last, with the role in front; null if the text is no chat message. */
  private static @Nullable String words(String text) {
    if (!text.startsWith("[") && !text.startsWith("{")) {
      return null;
    }
    String role = null;
    StringBuilder said = new StringBuilder();
    try (JsonParser from = JSON.createParser(text)) {
      for (JsonToken token = from.nextToken(); token != null; token = from.nextToken()) {
        String field = from.currentName();
        if (token != JsonToken.VALUE_STRING || field == null) {
          continue;
        }
        switch (field) {
          case "role" -> {
            role = from.getText();
            said.setLength(0);
          }
          case "content", "text", "name", "arguments" ->
              said.append(said.isEmpty() ? "" : " ").append(from.getText());
          default -> {}
        }
      }
    } catch (IOException e) {
      return null; // plain text that begins like JSON, or JSON that was cut
    }
    return role == null || said.isEmpty() ? null : role + ": " + said;
  }
}
