package io.sidetrace.daemon.export.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
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
    String last = null;
    Deque<Message> open = new ArrayDeque<>();
    try (JsonParser from = JSON.createParser(text)) {
      for (JsonToken token = from.nextToken(); token != null; token = from.nextToken()) {
        switch (token) {
          case START_OBJECT -> open.push(new Message());
          case END_OBJECT -> last = close(open.pop(), open.peek(), last);
          case VALUE_STRING -> said(from, open.peek());
          default -> {}
        }
      }
    } catch (IOException e) {
      return null; // plain text that begins like JSON, or JSON that was cut
    }
    return last;
  }

  private static void said(JsonParser from, @Nullable Message to) throws IOException {
    String field = from.currentName();
    if (to == null || field == null) {
      return;
    }
    switch (field) {
      case "role" -> to.role = from.getText();
      case "content", "text", "name", "arguments" -> to.add(from.getText());
      default -> {}
    }
  }

  /**
   * An object with a role is a message, in whatever order its keys come; another is part of one.
   */
  private static @Nullable String close(
      Message message, @Nullable Message around, @Nullable String last) {
    if (message.said.isEmpty()) {
      return last;
    }
    if (message.role != null) {
      return message.role + ": " + message.said;
    }
    if (around != null) {
      around.add(message.said);
    }
    return last;
  }

  private static final class Message {
    private final StringBuilder said = new StringBuilder();
    private @Nullable String role;

    private void add(CharSequence words) {
      said.append(said.isEmpty() ? "" : " ").append(words);
    }
  }
}
