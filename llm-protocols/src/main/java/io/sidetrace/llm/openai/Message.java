package io.sidetrace.llm.openai;

import io.sidetrace.llm.spi.Call;
import io.sidetrace.llm.spi.Choice;
import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.JsonText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The message of one choice: whole, or put together from deltas. */
final class Message {
  final Choice choice;
  private final Draft draft;
  private @Nullable ToolCalls calls;
  private @Nullable String role;
  private boolean hasContent;
  private boolean isText;

  /** Text beside the content by its field: reasoning, refusal, an audio's transcript. */
  private final Map<String, StringBuilder> beside = new LinkedHashMap<>(4);

  /** Elements of lists that came in pieces, JSON text, by their fields. */
  private final Map<String, StringBuilder> lists = new LinkedHashMap<>(0);

  private @Nullable StringBuilder audio;
  private @Nullable String audioId;

  Message(Draft draft, Choice choice) {
    this.draft = draft;
    this.choice = choice;
  }

  /**
   * Reads a {@code message}, {@code delta} or, of a legacy completion, {@code text}.
   *
   * @param delta adds to what came before
   */
  void read(String kind, Json json, boolean delta) throws IOException {
    if (kind.equals("text")) {
      isText = true;
      content(json);
      return;
    }
    if (!json.isObject()) {
      json.skip();
      return;
    }
    int mark = json.mark();
    json.object();
    for (String name; (name = json.field()) != null; ) {
      field(name, json, delta);
    }
    if (!delta) {
      choice.raw = json.rawSince(mark);
    }
  }

  private void field(String name, Json json, boolean delta) throws IOException {
    switch (name) {
      case "content" -> content(json);
      case "role" -> role = json.textUnless(role);
      case "tool_calls" -> {
        if (json.isArray()) {
          seen(calls().read(json, delta));
        }
      }
      case "function_call" -> {
        if (json.isObject()) {
          seen(calls().readFunction(json));
        }
      }
      case "reasoning_content", "reasoning", "refusal" -> seen(append(name, json) > 0);
      case "audio" -> audio(json);
      // Pieces of lists: web citations, images (OpenRouter), tools that Groq ran itself.
      case "annotations", "images", "executed_tools" -> {
        if (delta) {
          list(name, json);
        }
      }
      default -> {}
    }
  }

  private void list(String name, Json json) throws IOException {
    if (json.array()) {
      StringBuilder elements = lists.computeIfAbsent(name, n -> new StringBuilder());
      while (json.element()) {
        elements.append(elements.length() == 0 ? "" : ",").append(json.raw());
      }
    }
  }

  private ToolCalls calls() {
    ToolCalls found = calls != null ? calls : new ToolCalls(choice);
    calls = found;
    return found;
  }

  private void seen(boolean something) {
    draft.contentSeen |= something;
  }

  /** A string, or a list of parts (Mistral). */
  private void content(Json json) throws IOException {
    if (json.isArray()) {
      hasContent = true;
      json.array();
      while (json.element()) {
        part(json);
      }
      return;
    }
    int length = json.appendTo(choice.text);
    hasContent |= length >= 0;
    seen(length > 0);
  }

  private void part(Json json) throws IOException {
    if (json.isString()) {
      seen(json.appendTo(choice.text) > 0);
      return;
    }
    if (!json.object()) {
      return;
    }
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "text" -> seen(json.appendTo(choice.text) > 0);
        case "thinking" -> thinking(json);
        default -> {}
      }
    }
  }

  private void thinking(Json json) throws IOException {
    if (json.array()) {
      while (json.element()) {
        if (json.object()) {
          for (String name; (name = json.field()) != null; ) {
            if (name.equals("text")) {
              seen(append("reasoning_content", json) > 0);
            }
          }
        }
      }
    } else {
      seen(append("reasoning_content", json) > 0);
    }
  }

  private int append(String field, Json json) throws IOException {
    if (!json.isString()) {
      json.skip();
      return -1;
    }
    return json.appendTo(beside.computeIfAbsent(field, f -> new StringBuilder()));
  }

  /** {@code {"id", "data": base64, "transcript"}}, the latter two in pieces. */
  private void audio(Json json) throws IOException {
    if (json.object()) {
      for (String name; (name = json.field()) != null; ) {
        switch (name) {
          case "id" -> audioId = json.textOr(audioId);
          case "data" -> {
            audio = audio == null ? new StringBuilder() : audio;
            seen(json.appendTo(audio) > 0);
          }
          case "transcript" -> seen(append("transcript", json) > 0);
          default -> {}
        }
      }
    }
  }

  /** JSON text, or plain text for a legacy completion. */
  String json() {
    return isText ? choice.text.toString() : jsonElement();
  }

  String jsonElement() {
    if (choice.raw != null) {
      return choice.raw;
    }
    if (isText) {
      return JsonText.quote(choice.text);
    }
    JsonText json =
        new JsonText(choice.text.length() + 64)
            .open('{')
            .field("role", role == null ? "assistant" : role);
    if (hasContent && (choice.text.length() > 0 || choice.calls.isEmpty())) {
      json.field("content", choice.text);
    } else {
      json.nullField("content");
    }
    StringBuilder transcript = beside.remove("transcript");
    beside.forEach((name, text) -> json.field(name, text.length() == 0 ? null : text));
    lists.forEach(
        (name, elements) -> json.raw(name, elements.length() == 0 ? null : "[" + elements + "]"));
    if (audio != null || transcript != null) {
      json.open("audio", '{').field("id", audioId).field("data", audio);
      json.field("transcript", transcript).close('}');
    }
    if (calls != null) {
      calls.write(json);
    }
    return json.close('}').toString();
  }

  /** A call whose arguments are complete JSON takes no more pieces. */
  static boolean isClosed(Call call) {
    int length = call.arguments.length();
    return length > 1 && call.arguments.charAt(length - 1) == '}';
  }
}
