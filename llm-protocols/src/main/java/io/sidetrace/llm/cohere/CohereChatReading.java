package io.sidetrace.llm.cohere;

import io.sidetrace.llm.Failure;
import io.sidetrace.llm.spi.Choice;
import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Failures;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.JsonText;
import io.sidetrace.llm.spi.Reading;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads chat and generate: v1's flat answers and events, v2's messages and deltas. */
final class CohereChatReading implements Reading {
  private final Draft draft;
  private final CohereMessage message;
  private boolean isMessage;
  private boolean any;

  CohereChatReading(Draft draft) {
    this.draft = draft;
    this.message = new CohereMessage(draft);
  }

  @Override
  public void request(Json json) throws IOException {
    if (!json.object()) {
      return;
    }
    Map<String, String> input = new LinkedHashMap<>();
    String plain = null;
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "model" -> draft.requestModel = json.textOr(draft.requestModel);
        case "message", "prompt" -> {
          plain = json.text();
          input.put(name, JsonText.quote(plain == null ? "" : plain));
        }
        case "messages", "chat_history", "preamble", "tools", "tool_results", "documents" -> {
          if (!json.isNull()) {
            input.put(name, json.raw());
          }
        }
        case "stream" -> draft.wantsStream = json.flag();
        default -> draft.parameter(name, json);
      }
    }
    if (input.size() == 1) {
      draft.input = plain != null ? plain : input.values().iterator().next();
    } else if (!input.isEmpty()) {
      draft.input = JsonText.object(input);
    }
  }

  @Override
  public void response(Json json) throws IOException {
    answer(json, false);
  }

  /**
   * A whole answer, or an event's.
   *
   * @param again the text was told before, in events
   */
  private void answer(Json json, boolean again) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "id", "response_id" -> draft.responseId = json.textOr(draft.responseId);
        case "message" -> whole(json);
        case "text" -> text(json, again);
        case "tool_calls" -> {
          if (!again || draft.choice(0).calls.isEmpty()) {
            message.v1Calls(json);
          }
        }
        case "generations" -> generations(json);
        default -> fact(name, json);
      }
    }
  }

  private void fact(String name, Json json) throws IOException {
    switch (name) {
      case "finish_reason" -> draft.choice(0).finish = json.textOr(draft.choice(0).finish);
      case "meta", "usage" -> CohereUsage.read(json, draft);
      case "generation_id" -> draft.metadata(name, json.text());
      case "citations", "documents" -> {
        String raw = json.rawOrNull();
        draft.metadata(name, "[]".equals(raw) ? null : raw);
      }
      case "error" -> {
        String words = json.textOrRaw();
        draft.error = words == null ? draft.error : new Failure(null, words);
      }
      default -> {}
    }
  }

  private void text(Json json, boolean again) throws IOException {
    any = true;
    if (!again || draft.choice(0).text.length() == 0) {
      draft.contentSeen |= json.appendTo(draft.choice(0).text) > 0;
    }
  }

  /** v2's {@code message}; of an error, it is its words. */
  private void whole(Json json) throws IOException {
    if (json.isObject()) {
      isMessage = true;
      message.read(json, true);
    } else {
      String words = json.text();
      draft.error = words == null ? draft.error : new Failure(null, words);
    }
  }

  private void generations(Json json) throws IOException {
    if (json.array()) {
      for (int i = 0; json.element(); i++) {
        if (json.object()) {
          Choice choice = draft.choice(i);
          any = true;
          for (String name; (name = json.field()) != null; ) {
            switch (name) {
              case "text" -> json.appendTo(choice.text);
              case "finish_reason" -> choice.finish = json.textOr(choice.finish);
              default -> {}
            }
          }
        }
      }
    }
  }

  @Override
  public void event(String eventName, Json json) throws IOException {
    if (!json.isObject()) {
      return;
    }
    json.object();
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "type", "event_type" -> {
          String type = json.word();
          draft.ended |= "message-end".equals(type) || "stream-end".equals(type);
        }
        case "is_finished" -> draft.ended |= json.flag();
        case "delta" -> delta(json);
        case "text" -> text(json, false);
        case "tool_call_delta" -> message.v1Delta(json);
        case "tool_calls" -> message.v1Calls(json);
        case "response" -> answer(json, true);
        case "id" -> draft.responseId = json.textOr(draft.responseId);
        case "message" -> {
          draft.error = json.isString() ? Failures.read(json) : draft.error;
        }
        default -> fact(name, json);
      }
    }
  }

  private void delta(Json json) throws IOException {
    if (json.object()) {
      isMessage = true;
      for (String name; (name = json.field()) != null; ) {
        if (name.equals("message")) {
          message.read(json, false);
        } else {
          fact(name, json);
        }
      }
    }
  }

  @Override
  public void finish() {
    if (isMessage) {
      draft.choice(0);
      draft.output = message.json();
    } else if (any || draft.choiceCount() > 0) {
      draft.output = flat();
    }
  }

  private String flat() {
    if (draft.choiceCount() > 1) {
      JsonText all = new JsonText().open('[');
      draft.choices().forEach(choice -> all.element(choice.text));
      return all.close(']').toString();
    }
    Choice choice = draft.choice(0);
    return choice.calls.isEmpty() ? choice.text.toString() : message.json();
  }
}
