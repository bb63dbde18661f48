package io.sidetrace.llm.cohere;

import io.sidetrace.llm.spi.Call;
import io.sidetrace.llm.spi.Choice;
import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.JsonText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An assistant message of v2 while it grows, and the tool calls of both versions. */
final class CohereMessage {
  private final Draft draft;
  private final StringBuilder plan = new StringBuilder();
  private final StringBuilder thinking = new StringBuilder();
  private @Nullable String raw;
  private boolean v1CallsCame;

  CohereMessage(Draft draft) {
    this.draft = draft;
  }

  /** Reads a message or a delta of one. */
  void read(Json json, boolean whole) throws IOException {
    if (!json.isObject()) {
      json.skip();
      return;
    }
    int mark = json.mark();
    Choice choice = draft.choice(0);
    json.object();
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "content" -> content(json, choice);
        case "tool_plan" -> seen(json.appendTo(plan));
        case "tool_calls" -> calls(json, choice);
        default -> {}
      }
    }
    if (whole) {
      raw = json.rawSince(mark);
    }
  }

  private void seen(int characters) {
    draft.contentSeen |= characters > 0;
  }

  /** A string, a list of parts, or, in a delta, one part. */
  private void content(Json json, Choice choice) throws IOException {
    if (json.isString()) {
      seen(json.appendTo(choice.text));
    } else if (json.isArray()) {
      json.array();
      while (json.element()) {
        part(json, choice);
      }
    } else {
      part(json, choice);
    }
  }

  private void part(Json json, Choice choice) throws IOException {
    if (json.object()) {
      for (String name; (name = json.field()) != null; ) {
        switch (name) {
          case "text" -> seen(json.appendTo(choice.text));
          case "thinking" -> seen(json.appendTo(thinking));
          default -> {}
        }
      }
    }
  }

  /** A list of calls; in a stream, one call that begins or a piece of the last one. */
  private void calls(Json json, Choice choice) throws IOException {
    if (json.isArray()) {
      json.array();
      while (json.element()) {
        if (json.isObject()) {
          call(json, choice.call());
        }
      }
    } else if (json.isObject()) {
      int from = json.mark();
      int to = json.end();
      boolean begins;
      Json first = json.again(from, to);
      first.nextRoot();
      begins = hasId(first);

      Json again = json.again(from, to);
      again.nextRoot();
      call(again, begins ? choice.call() : choice.lastCall());
    }
  }

  private static boolean hasId(Json json) throws IOException {
    boolean found = false;
    json.object();
    for (String name; (name = json.field()) != null; ) {
      found |= name.equals("id");
    }
    return found;
  }

  private void call(Json json, Call call) throws IOException {
    draft.contentSeen = true;
    json.object();
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "id" -> call.id = json.textOr(call.id);
        case "function" -> {
          if (json.object()) {
            for (String inner; (inner = json.field()) != null; ) {
              callField(inner, json, call);
            }
          }
        }
        default -> callField(name, json, call);
      }
    }
  }

  private static void callField(String name, Json json, Call call) throws IOException {
    switch (name) {
      case "name" -> {
        String told = json.textOr(call.name);
        call.name = told == null ? "" : told;
      }
      case "arguments", "parameters" -> {
        String arguments = json.textOrRaw();
        call.arguments.append(arguments == null ? "" : arguments);
      }
      default -> {}
    }
  }

  /** v1: {@code [{"name", "parameters": object}]}, which replaces what pieces brought. */
  void v1Calls(Json json) throws IOException {
    Choice choice = draft.choice(0);
    if (json.array()) {
      boolean first = true;
      while (json.element()) {
        if (json.isObject()) {
          if (first && !v1CallsCame) {
            choice.calls.clear();
          }
          first = false;
          call(json, choice.call());
        }
      }
      v1CallsCame |= !first;
    }
  }

  /** v1: {@code {"index", "name", "parameters": text, "text"}}, in pieces. */
  void v1Delta(Json json) throws IOException {
    if (!json.object()) {
      return;
    }
    Choice choice = draft.choice(0);
    int index = choice.calls.size() - 1;
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "index" -> index = (int) json.number(index);
        default -> {
          Call call = index >= choice.calls.size() ? choice.call() : choice.lastCall();
          callField(name, json, call);
          draft.contentSeen = true;
        }
      }
    }
  }

  String json() {
    if (raw != null) {
      return raw;
    }
    Choice choice = draft.choice(0);
    JsonText json = new JsonText().open('{').field("role", "assistant");
    json.field("tool_plan", plan.length() == 0 ? null : plan);
    json.open("content", '[');
    if (thinking.length() > 0) {
      json.open('{').field("type", "thinking").field("thinking", thinking).close('}');
    }
    if (choice.text.length() > 0 || choice.calls.isEmpty()) {
      json.open('{').field("type", "text").field("text", choice.text).close('}');
    }
    json.close(']');
    if (!choice.calls.isEmpty()) {
      json.open("tool_calls", '[');
      for (Call call : choice.calls) {
        json.open('{').field("id", call.id).field("type", "function").open("function", '{');
        json.field("name", call.name).field("arguments", call.arguments).close('}').close('}');
      }
      json.close(']');
    }
    return json.close('}').toString();
  }
}
