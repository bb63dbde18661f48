package io.sidetrace.llm.openai;

import io.sidetrace.llm.spi.Call;
import io.sidetrace.llm.spi.Choice;
import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.JsonText;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The output items of a response. A stream's last event repeats them all; only when it never came
 * are they put together from what did.
 */
final class ResponseItems {

  /** One item as far as it came. */
  private static final class Item {
    @Nullable String raw;
    boolean done;
    String type = "message";
    @Nullable String id;
    @Nullable String callId;
    @Nullable String name;
    final StringBuilder delta = new StringBuilder();
    final StringBuilder reasoning = new StringBuilder();
  }

  private final Map<Integer, Item> items = new TreeMap<>();

  /** Deltas come in runs. */
  private @Nullable Item last;

  private int lastIndex;

  void clear() {
    items.clear();
    last = null;
  }

  private Item at(int index) {
    Item item = last;
    if (item == null || index != lastIndex) {
      item = items.computeIfAbsent(index, i -> new Item());
      last = item;
      lastIndex = index;
    }
    return item;
  }

  void delta(int index, String eventType, CharSequence delta) {
    Item item = at(index);
    if (eventType.contains("reasoning")) {
      item.type = "reasoning";
      item.reasoning.append(delta);
    } else if (!eventType.contains("audio")) {
      item.delta.append(delta);
    }
  }

  void item(int index, Json json, boolean done) throws IOException {
    Item item = at(index);
    if (item.done || !json.isObject()) {
      return;
    }
    int mark = json.mark();
    json.object();
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "type" -> {
          String type = json.textOr(item.type);
          item.type = type == null ? item.type : type;
        }
        case "id" -> item.id = json.text();
        case "call_id" -> item.callId = json.text();
        case "name" -> item.name = json.text();
        default -> {}
      }
    }
    item.done = done;
    item.raw = json.rawSince(mark);
  }

  /** Puts the items into the draft's choice and returns them as a JSON array; null if none came. */
  @Nullable String json(Draft draft) throws IOException {
    if (items.isEmpty()) {
      return null;
    }
    Choice choice = new Choice();
    JsonText all = new JsonText().open('[');
    for (Item item : items.values()) {
      String raw = item.done && isWhole(item) ? item.raw : partial(item);
      if (raw == null) {
        continue;
      }
      Json json = Json.of(raw);
      json.nextRoot();
      read(json, choice);

      all.rawElement(raw);
    }
    draft.choice(0).become(choice);
    return all.close(']').toString();
  }

  /** An item was skipped over when it came, which checks little. */
  private static boolean isWhole(Item item) {
    return item.raw != null && JsonText.isWhole(item.raw);
  }

  private static @Nullable String partial(Item item) {
    JsonText json = new JsonText().open('{').field("type", item.type).field("id", item.id);
    switch (item.type) {
      case "message" -> {
        json.field("role", "assistant").open("content", '[').open('{');
        json.field("type", "output_text").field("text", item.delta).close('}').close(']');
      }
      case "reasoning" -> {
        json.open("summary", '[').open('{').field("type", "summary_text");
        json.field("text", item.reasoning).close('}').close(']');
      }
      case "custom_tool_call" ->
          json.field("call_id", item.callId).field("name", item.name).field("input", item.delta);
      case "function_call", "mcp_call" ->
          json.field("call_id", item.callId)
              .field("name", item.name)
              .field("arguments", item.delta);
      default -> {
        return isWhole(item) ? item.raw : null;
      }
    }
    return json.field("status", "incomplete").close('}').toString();
  }

  /**
   * Reads one whole item: text of messages, and the calls the application is to make. Tools that
   * the provider runs itself are no calls; they stay in the output. So do a user's messages, which
   * a compaction gives back.
   */
  static void read(Json json, Choice choice) throws IOException {
    if (!json.object()) {
      return;
    }
    String type = null;
    String callId = null;
    String name = "";
    String arguments = null;
    String role = null;
    Choice content = new Choice();
    for (String field; (field = json.field()) != null; ) {
      switch (field) {
        case "type" -> type = json.text();
        case "call_id" -> callId = json.text();
        case "name" -> {
          String told = json.text();
          name = told == null ? "" : told;
        }
        case "arguments", "input" -> arguments = json.textOrRaw();
        case "content" -> parts(json, content);
        case "role" -> role = json.text();
        default -> {}
      }
    }
    if ("function_call".equals(type) || "custom_tool_call".equals(type)) {
      Call call = choice.call();
      call.id = callId;
      call.name = name;
      call.arguments.append(arguments == null ? "" : arguments);
    } else if (!"user".equals(role) && (type == null ? role != null : type.equals("message"))) {
      choice.text.append(content.text);
    }
  }

  private static void parts(Json json, Choice content) throws IOException {
    if (json.isString()) {
      json.appendTo(content.text);
      return;
    }
    if (json.array()) {
      while (json.element()) {
        if (json.object()) {
          for (String field; (field = json.field()) != null; ) {
            if (field.equals("text")) {
              json.appendTo(content.text);
            }
          }
        }
      }
    }
  }
}
