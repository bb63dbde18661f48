package io.sidetrace.llm.openai;

import io.sidetrace.llm.spi.Call;
import io.sidetrace.llm.spi.Choice;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.JsonText;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tool calls of a message. OpenAI numbers the pieces of parallel calls; some servers leave the
 * index out, give every call the index 0, or repeat id and name with each piece.
 */
final class ToolCalls {
  private final Choice choice;
  private final Map<Integer, Call> byIndex = new HashMap<>(4);
  private @Nullable Call function;

  ToolCalls(Choice choice) {
    this.choice = choice;
  }

  /** Reads {@code tool_calls}; true when there was anything in it. */
  boolean read(Json json, boolean delta) throws IOException {
    boolean any = false;
    if (json.array()) {
      for (int position = 0; json.element(); position++) {
        any |= json.isObject();
        call(json, delta ? -1 : position);
      }
    }
    return any;
  }

  /** One call or a piece of one; {@code position} is its place in a whole message, else -1. */
  private void call(Json json, int position) throws IOException {
    if (!json.object()) {
      return;
    }
    int index = -1;
    String id = null;
    String name = null;
    StringBuilder arguments = new StringBuilder();
    for (String field; (field = json.field()) != null; ) {
      switch (field) {
        case "index" -> index = (int) json.number(-1);
        case "id" -> id = json.textOr(null);
        case "function", "custom" -> {
          if (json.object()) {
            for (String inner; (inner = json.field()) != null; ) {
              switch (inner) {
                case "name" -> name = json.textOr(null);
                case "arguments", "input" -> arguments(json, arguments);
                default -> {}
              }
            }
          }
        }
        default -> {}
      }
    }
    Call call = position >= 0 ? choice.call() : find(index, id, name, arguments);
    call.id = call.id == null ? id : call.id;
    call.name = call.name.isEmpty() && name != null ? name : call.name;
    call.arguments.append(arguments);
  }

  /** Arguments are JSON in a string; some servers send the JSON itself. */
  private static void arguments(Json json, StringBuilder to) throws IOException {
    if (json.isObject() || json.isArray()) {
      to.append(json.raw());
    } else {
      json.appendTo(to);
    }
  }

  private Call find(int index, @Nullable String id, @Nullable String name, CharSequence arguments) {
    Call open = index >= 0 ? byIndex.get(index) : choice.calls.isEmpty() ? null : choice.lastCall();
    if (open != null && !isAnother(open, id, name, arguments)) {
      return open;
    }
    Call call = choice.call();
    byIndex.put(index, call);
    return call;
  }

  private static boolean isAnother(
      Call open, @Nullable String id, @Nullable String name, CharSequence arguments) {
    if (id != null && open.id != null) {
      return !id.equals(open.id);
    }
    return id == null
        && name != null
        && Message.isClosed(open)
        && arguments.length() > 0
        && arguments.charAt(0) == '{';
  }

  /** Reads the legacy {@code function_call}; true when there was anything in it. */
  boolean readFunction(Json json) throws IOException {
    if (!json.object()) {
      return false;
    }
    String told = null;
    StringBuilder arguments = new StringBuilder();
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "name" -> told = json.textOr(null);
        case "arguments" -> arguments(json, arguments);
        default -> {}
      }
    }
    if (told == null && arguments.length() == 0) {
      return false; // Some servers fill in the form for a call that was not made.
    }
    Call call = function == null ? choice.call() : function;
    function = call;
    call.name = told == null ? call.name : told;
    call.arguments.append(arguments);
    return true;
  }

  /** Writes the calls as fields of a message. */
  void write(JsonText json) {
    if (function != null) {
      json.open("function_call", '{').field("name", function.name);
      json.field("arguments", function.arguments).close('}');
    }
    if (choice.calls.size() == (function == null ? 0 : 1)) {
      return;
    }
    json.open("tool_calls", '[');
    for (Call call : choice.calls) {
      if (call != function) {
        json.open('{').field("id", call.id).field("type", "function").open("function", '{');
        json.field("name", call.name).field("arguments", call.arguments).close('}').close('}');
      }
    }
    json.close(']');
  }
}
