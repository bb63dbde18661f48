package io.sidetrace.llm.anthropic;

import io.sidetrace.llm.spi.Call;
import io.sidetrace.llm.spi.Choice;
import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.JsonText;
import io.sidetrace.llm.spi.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The content blocks of a message, whole or growing. */
final class Blocks {

  /** Takes fields of a delta that belong to the message and not to a block. */
  @FunctionalInterface
  interface Others {
    void field(String name, Json json) throws IOException;
  }

  /** One block: the fields it began with, and those that grow. */
  private static final class Block {
    final Map<String, String> fields = new LinkedHashMap<>();
    final Map<String, Text> growing = new LinkedHashMap<>(4);
    final StringBuilder input = new StringBuilder();
    final List<String> citations = new ArrayList<>();
    @Nullable Call call;
  }

  private final Draft draft;
  private final Map<Integer, Block> blocks = new TreeMap<>();
  private @Nullable Block last;
  private int lastIndex;

  Blocks(Draft draft) {
    this.draft = draft;
  }

  /**
   * Reads a block, as it begins or as a whole.
   *
   * @param whole no deltas will follow, so only the facts are taken
   */
  void start(int index, Json json, boolean whole) throws IOException {
    if (!json.object()) {
      return;
    }
    Block block = new Block();
    blocks.put(index, block);
    last = block;
    lastIndex = index;
    String type = "";
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "type" -> {
          String told = json.word();
          type = told == null ? "" : told;
          block.fields.put(name, JsonText.quote(type));
        }
        case "text", "thinking", "signature" -> grow(block, name, json);
        case "citations" -> {
          if (!json.isNull()) {
            block.fields.put(name, json.raw());
          }
        }
        default -> {
          if (!whole || name.equals("input") || name.equals("id") || name.equals("name")) {
            block.fields.put(name, json.raw());
          }
        }
      }
    }
    begun(block, type, whole);
  }

  private void begun(Block block, String type, boolean whole) throws IOException {
    // Tools that the provider runs itself (server_tool_use) are no calls to the application.
    if (!type.equals("tool_use")) {
      return;
    }
    Call call = draft.choice(0).call();
    block.call = call;
    call.id = text(block.fields.get("id"));
    String name = text(block.fields.get("name"));
    call.name = name == null ? "" : name;
    String input = block.fields.get("input");
    if (input != null && (whole || !isEmptyObject(input))) {
      call.arguments.append(input);
    }
    draft.contentSeen = true;
  }

  private static boolean isEmptyObject(String json) {
    return json.startsWith("{") && json.substring(1).strip().equals("}");
  }

  private static @Nullable String text(@Nullable String json) throws IOException {
    if (json == null) {
      return null;
    }
    Json value = Json.of(json);
    return value.nextRoot() ? value.text() : null;
  }

  private void grow(Block block, String name, Json json) throws IOException {
    Text text = block.growing.get(name);
    if (text == null) {
      text = new Text();
      block.growing.put(name, text);
    }
    draft.contentSeen |= json.appendTo(text) > 0 && !name.equals("signature");
  }

  /** Reads a delta; what is not about the block goes to {@code others}. */
  void delta(int index, Json json, Others others) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "type" -> json.skip();
        case "text", "thinking", "signature" -> grow(block(index), name, json);
        case "partial_json" -> input(block(index), json);
        case "citation" -> block(index).citations.add(json.raw());
        default -> others.field(name, json);
      }
    }
  }

  private Block block(int index) {
    // Deltas come in runs.
    Block block = last;
    if (block == null || index != lastIndex) {
      block = blocks.computeIfAbsent(index, i -> new Block());
      last = block;
      lastIndex = index;
    }
    return block;
  }

  private void input(Block block, Json json) throws IOException {
    int from = block.input.length();
    draft.contentSeen |= json.appendTo(block.input) > 0;
    if (block.call != null) {
      block.call.arguments.append(block.input, from, block.input.length());
    }
  }

  /** Puts the texts of all blocks into the choice. */
  void joinTexts() {
    for (Block block : blocks.values()) {
      Text text = block.growing.get("text");
      if (text != null) {
        draft.choice(0).text.append(text.toString());
      }
    }
  }

  /** The blocks as a JSON array; null when there are none. */
  @Nullable String json() {
    if (blocks.isEmpty()) {
      return null;
    }
    for (Choice choice : draft.choices()) {
      for (Call call : choice.calls) {
        if (call.arguments.length() == 0) {
          call.arguments.append("{}");
        }
      }
    }
    JsonText json = new JsonText().open('[');
    for (Block block : blocks.values()) {
      json.open('{');
      if (!block.fields.containsKey("type")) {
        json.field("type", block.growing.containsKey("thinking") ? "thinking" : "text");
      }
      for (Map.Entry<String, String> field : block.fields.entrySet()) {
        boolean replaced =
            (field.getKey().equals("input") && block.input.length() > 0)
                || (field.getKey().equals("citations") && !block.citations.isEmpty());
        if (!replaced) {
          json.raw(field.getKey(), field.getValue());
        }
      }
      block.growing.forEach(json::field);
      if (block.input.length() > 0) {
        input(json, block.input.toString());
      }
      if (!block.citations.isEmpty()) {
        json.raw("citations", "[" + String.join(",", block.citations) + "]");
      }
      json.close('}');
    }
    return json.close(']').toString();
  }

  /** Arguments that broke off are no JSON and stand as text. */
  private static void input(JsonText json, String input) {
    if (JsonText.isWhole(input)) {
      json.raw("input", input);
    } else {
      json.field("input", input);
    }
  }
}
