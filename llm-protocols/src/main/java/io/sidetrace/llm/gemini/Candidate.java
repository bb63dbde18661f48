package io.sidetrace.llm.gemini;

import io.sidetrace.llm.spi.Call;
import io.sidetrace.llm.spi.Choice;
import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One candidate while its parts arrive. Neighbouring texts of one kind are joined. */
final class Candidate {

  /** A part: text, thought or not, or anything else as it was sent. */
  private static final class Part {
    final @Nullable StringBuilder text;
    final boolean thought;
    @Nullable String raw;
    @Nullable String signature;

    Part(@Nullable StringBuilder text, boolean thought) {
      this.text = text;
      this.thought = thought;
    }
  }

  final Choice choice;
  private final Draft draft;
  private final List<Part> parts = new ArrayList<>();
  private @Nullable String role;

  /** Grounding, citations and their like, as last told. */
  private final Map<String, String> others = new LinkedHashMap<>();

  Candidate(Draft draft, Choice choice) {
    this.draft = draft;
    this.choice = choice;
  }

  void read(Json json) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "content" -> content(json);
        case "finishReason", "finish_reason" -> choice.finish = json.textOr(choice.finish);
        case "index", "safetyRatings", "logprobsResult" -> json.skip();
        default -> {
          if (!json.isNull()) {
            others.put(name, json.raw());
          }
        }
      }
    }
  }

  private void content(Json json) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "role" -> role = json.textUnless(role);
        case "parts" -> {
          if (json.array()) {
            while (json.element()) {
              part(json);
            }
          }
        }
        default -> {}
      }
    }
  }

  private void part(Json json) throws IOException {
    if (!json.isObject()) {
      json.skip();
      return;
    }
    String text = null;
    boolean thought = false;
    boolean other = false;
    String signature = null;
    int mark = json.mark();
    json.object();
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "text" -> text = json.text();
        case "thought" -> thought = json.flag();
        case "thoughtSignature", "thought_signature" -> signature = json.text();
        case "functionCall", "function_call" -> {
          other = true;
          call(json);
        }
        default -> other = true;
      }
    }
    if (text != null && !other) {
      text(text, thought, signature);
    } else {
      Part part = new Part(null, thought);
      part.raw = json.rawSince(mark);
      parts.add(part);
      draft.contentSeen = true;
    }
  }

  private void text(String text, boolean thought, @Nullable String signature) {
    Part last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
    StringBuilder to = last == null || last.thought != thought ? null : last.text;
    if (last == null || to == null) {
      to = new StringBuilder();
      last = new Part(to, thought);
      parts.add(last);
    }
    to.append(text);
    last.signature = signature != null ? signature : last.signature;
    if (!thought) {
      choice.text.append(text);
    }
    draft.contentSeen |= !text.isEmpty();
  }

  private void call(Json json) throws IOException {
    if (!json.object()) {
      return;
    }
    Call call = choice.call();
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "name" -> {
          String told = json.text();
          call.name = told == null ? "" : told;
        }
        case "id" -> call.id = json.text();
        case "args" -> call.arguments.append(json.isNull() ? "" : json.raw());
        default -> {}
      }
    }
    if (call.arguments.length() == 0) {
      call.arguments.append("{}");
    }
  }

  void write(JsonText json) {
    json.open('{')
        .open("content", '{')
        .field("role", role == null ? "model" : role)
        .open("parts", '[');
    for (Part part : parts) {
      if (part.raw != null) {
        json.rawElement(part.raw);
      } else {
        json.open('{').field("text", part.text);
        json.raw("thought", part.thought ? "true" : null);
        json.field("thoughtSignature", part.signature).close('}');
      }
    }
    json.close(']').close('}').field("finishReason", choice.finish);
    others.forEach(json::raw);
    json.close('}');
  }
}
