package io.sidetrace.llm.spi;

import io.sidetrace.llm.Failure;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what providers say when something went wrong. They differ in wrapping and in names, not in
 * idea:
 *
 * <pre>
 * {"error": {"message", "type", "code", "status"}}   OpenAI and its kin, Gemini (status)
 * {"type": "error", "error": {"type", "message"}}    Anthropic
 * {"error": "words"}                                 Ollama
 * {"message": "words", "__type": "X"}                AWS, Cohere
 * {"detail": "words" | [{"msg"}]}                    FastAPI: vLLM, Mistral
 * [{"error": …}]                                     Gemini, where it would have streamed an array
 * </pre>
 */
public final class Failures {
  private Failures() {}

  /**
   * Reads a failure from a document or from the value of an {@code error} field.
   *
   * @return null when the value says nothing
   */
  public static @Nullable Failure read(Json json) throws IOException {
    return read(json, 0);
  }

  private static @Nullable Failure read(Json json, int depth) throws IOException {
    if (depth > 4) {
      json.skip();
      return null;
    }
    if (json.isArray()) {
      return first(json, depth);
    }
    if (!json.isObject()) {
      String words = json.text();
      return words == null || words.isEmpty() ? null : new Failure(null, words);
    }
    return object(json, depth);
  }

  private static @Nullable Failure first(Json json, int depth) throws IOException {
    Failure found = null;
    json.array();
    while (json.element()) {
      if (found == null) {
        found = read(json, depth + 1);
      }
    }
    return found;
  }

  private static @Nullable Failure object(Json json, int depth) throws IOException {
    String type = null;
    String code = null;
    String message = null;
    Failure inner = null;
    json.object();
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "type", "status", "__type", "error_type" -> type = named(json, type);
        case "code", "status_code" -> code = json.textOr(code);
        case "message", "Message", "msg", "errorMessage", "error_message", "error_description" -> {
          if (json.isObject() || json.isArray()) {
            Failure nested = read(json, depth + 1);
            inner = nested != null ? nested : inner;
          } else {
            message = json.textOr(message);
          }
        }
        case "error", "errors", "detail", "details" -> {
          Failure nested = read(json, depth + 1);
          // Gemini's "details" only adds to a message beside it.
          inner = nested != null && (inner == null || !name.equals("details")) ? nested : inner;
        }
        default -> {}
      }
    }
    return choose(type, code, message, inner);
  }

  /** A number, and a word that says no more than that this is an error, is no type. */
  private static @Nullable String named(Json json, @Nullable String old) throws IOException {
    String type = json.isString() ? json.text() : null;
    if (type == null || type.isEmpty() || type.equals("error")) {
      return old;
    }
    // AWS: com.amazon.coral.service#AccessDeniedException
    return type.substring(type.lastIndexOf('#') + 1);
  }

  private static @Nullable Failure choose(
      @Nullable String type,
      @Nullable String code,
      @Nullable String message,
      @Nullable Failure inner) {
    String named = type != null ? type : code;
    if (message != null) {
      return new Failure(named, message);
    }
    if (inner != null) {
      return inner.type() != null ? inner : new Failure(named, inner.message());
    }
    return code != null ? new Failure(named, code) : null;
  }
}
