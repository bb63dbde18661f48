package io.sidetrace.llm.bedrock;

import io.sidetrace.llm.spi.Call;
import io.sidetrace.llm.spi.Choice;
import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.JsonText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The content blocks of a Converse message, whole or growing. */
final class ConverseBlocks {

  /** One block: its texts by their names, or a tool call. */
  private static final class Block {
    @Nullable Call call;
    final StringBuilder text = new StringBuilder();
    final Map<String, StringBuilder> reasoning = new LinkedHashMap<>();
    @Nullable String other;
  }

  private final Draft draft;
  private final Map<Integer, Block> blocks = new TreeMap<>();
  @Nullable String role = "assistant";

  ConverseBlocks(Draft draft) {
    this.draft = draft;
  }

  /** Reads one whole block. */
  static void read(Json json, Choice choice) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "text" -> json.appendTo(choice.text);
        case "toolUse" -> {
          if (json.isObject()) {
            toolUse(json, choice.call());
          }
        }
        default -> {}
      }
    }
  }

  private static void toolUse(Json json, Call call) throws IOException {
    json.object();
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "toolUseId" -> call.id = json.textOr(call.id);
        case "name" -> {
          String told = json.textOr(call.name);
          call.name = told == null ? "" : told;
        }
        // A piece of text in a stream, JSON in a whole message.
        case "input" -> {
          String input = json.textOrRaw();
          call.arguments.append(input == null ? "" : input);
        }
        default -> {}
      }
    }
  }

  /** Reads a {@code start} or a {@code delta}. */
  void add(int index, Json json) throws IOException {
    if (!json.object()) {
      return;
    }
    Block block = blocks.computeIfAbsent(index, i -> new Block());
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "text" -> text(block, json);
        case "toolUse" -> {
          if (json.isObject()) {
            Call call = block.call == null ? draft.choice(0).call() : block.call;
            block.call = call;
            toolUse(json, call);
            draft.contentSeen = true;
          }
        }
        case "reasoningContent" -> reasoning(block, json);
        default -> block.other = json.rawOrNull();
      }
    }
  }

  private void text(Block block, Json json) throws IOException {
    int from = block.text.length();
    draft.contentSeen |= json.appendTo(block.text) > 0;
    draft.choice(0).text.append(block.text.subSequence(from, block.text.length()));
  }

  private void reasoning(Block block, Json json) throws IOException {
    if (json.object()) {
      for (String name; (name = json.field()) != null; ) {
        boolean some =
            json.appendTo(block.reasoning.computeIfAbsent(name, n -> new StringBuilder())) > 0;
        draft.contentSeen |= some && name.equals("text");
      }
    }
  }

  /** The message as JSON; null when nothing of it came. */
  @Nullable String json() {
    if (blocks.isEmpty()) {
      return null;
    }
    JsonText json = new JsonText().open('{').field("role", role).open("content", '[');
    for (Block block : blocks.values()) {
      json.open('{');
      if (block.call != null) {
        toolUse(json, block.call);
      } else if (!block.reasoning.isEmpty()) {
        reasoning(json, block.reasoning);
      } else if (block.other != null && block.text.length() == 0) {
        json.raw("other", block.other);
      } else {
        json.field("text", block.text);
      }
      json.close('}');
    }
    return json.close(']').close('}').toString();
  }

  private static void toolUse(JsonText json, Call call) {
    if (call.arguments.length() == 0) {
      call.arguments.append("{}");
    }
    String input = call.arguments.toString();
    json.open("toolUse", '{').field("toolUseId", call.id).field("name", call.name);
    // Arguments that broke off are no JSON and stand as text.
    json.raw("input", JsonText.isWhole(input) ? input : JsonText.quote(input)).close('}');
  }

  private static void reasoning(JsonText json, Map<String, StringBuilder> parts) {
    json.open("reasoningContent", '{');
    StringBuilder redacted = parts.get("redactedContent");
    if (redacted != null) {
      json.field("redactedContent", redacted);
    } else {
      json.open("reasoningText", '{');
      parts.forEach(json::field);
      json.close('}');
    }
    json.close('}');
  }
}
