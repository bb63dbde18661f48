package io.sidetrace.llm.openai;

import io.sidetrace.llm.spi.Choice;
import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Failures;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.JsonText;
import io.sidetrace.llm.spi.Reading;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads the Responses API: a response object, or events that end with one. */
final class ResponsesReading implements Reading {
  private final Draft draft;
  private final ResponseItems items = new ResponseItems();
  private @Nullable String asked;
  private boolean askedText;
  private boolean streamed;
  private @Nullable String instructions;
  private @Nullable String tools;
  private @Nullable String status;
  private @Nullable String incomplete;
  private @Nullable String output;

  ResponsesReading(Draft draft) {
    this.draft = draft;
  }

  @Override
  public void request(Json json) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "model" -> draft.requestModel = json.textOr(draft.requestModel);
        case "input" -> {
          askedText = json.isString();
          asked = json.rawOrNull();
          draft.input = askedText && asked != null ? unquoted(asked) : asked;
        }
        case "instructions" -> instructions = json.rawOrNull();
        case "tools" -> tools = json.rawOrNull();
        case "stream" -> draft.wantsStream = json.flag();
        case "stream_options" -> json.skip();
        case "user" -> draft.metadata("user", json.text());
        case "metadata" -> draft.metadata("metadata", json.rawOrNull());
        default -> draft.parameter(name, json);
      }
    }
    if (instructions != null || tools != null || (asked != null && !askedText)) {
      draft.input =
          new JsonText()
              .open('{')
              .raw("instructions", instructions)
              .raw("input", asked)
              .raw("tools", tools)
              .close('}')
              .toString();
    }
  }

  private static @Nullable String unquoted(String quoted) throws IOException {
    Json json = Json.of(quoted);
    return json.nextRoot() ? json.text() : null;
  }

  @Override
  public void response(Json json) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "id" -> draft.responseId = json.textOr(draft.responseId);
        case "model" -> draft.model = json.textOr(draft.model);
        case "status" -> status = json.textOr(status);
        case "output" -> output(json);
        case "usage" -> OpenAiUsage.read(json, draft);
        case "incomplete_details" -> incompleteDetails(json);
        case "service_tier" -> {
          if (json.isString()) {
            draft.parameter("service_tier", json);
          }
        }
        case "previous_response_id" -> draft.metadata(name, json.text());
        case "error" -> {
          if (!json.isNull()) {
            draft.error = Failures.read(json);
          }
        }
        default -> {}
      }
    }
  }

  private void incompleteDetails(Json json) throws IOException {
    if (json.object()) {
      for (String name; (name = json.field()) != null; ) {
        if (name.equals("reason")) {
          incomplete = json.textOr(incomplete);
        }
      }
    }
  }

  /** Keeps a whole {@code output}; in events, that begin with an empty one, this tells nothing. */
  private void output(Json json) throws IOException {
    if (!json.isArray()) {
      json.skip();
      return;
    }
    Choice choice = new Choice();
    int mark = json.mark();
    int count = 0;
    json.array();
    for (; json.element(); count++) {
      ResponseItems.read(json, choice);
    }
    if (count > 0 || !streamed) {
      output = json.rawSince(mark);
      items.clear();
      draft.choice(0).become(choice);
    }
  }

  @Override
  public void event(String eventName, Json json) throws IOException {
    streamed = true;
    if (!json.isObject()) {
      return;
    }
    String type = eventName;
    int index = -1;
    int from = -1;
    int to = -1;
    StringBuilder delta = null;
    int mark = json.mark();
    json.object();
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "type" -> {
          String told = json.word();
          type = told == null ? type : told;
        }
        case "output_index" -> index = (int) json.number(0);
        case "delta" -> {
          delta = new StringBuilder();
          json.appendTo(delta);
        }
        case "item" -> {
          from = json.mark();
          to = json.end();
        }
        case "response" -> response(json);
        default -> {}
      }
    }
    int end = json.end();
    if (delta != null && delta.length() > 0) {
      draft.contentSeen = true;
      items.delta(Math.max(0, index), type, delta);
    } else if (from >= 0 && output == null) {
      draft.contentSeen |= type.endsWith(".done");
      Json item = json.again(from, to);
      item.nextRoot();
      items.item(Math.max(0, index), item, type.endsWith(".done"));
    }
    ended(type, json, mark, end);
  }

  private void ended(String type, Json json, int mark, int end) throws IOException {
    switch (type) {
      case "response.completed", "response.incomplete", "response.failed", "response.done" ->
          draft.ended = true;
      case "error" -> {
        Json again = json.again(mark, end);
        again.nextRoot();
        draft.error = Failures.read(again);
      }
      default -> {}
    }
  }

  @Override
  public void finish() throws IOException {
    if (output == null) {
      output = items.json(draft);
    }
    if (output != null) {
      draft.output = "{\"output\":" + output + "}";
    }
    if (status != null && (output != null || incomplete != null)) {
      boolean over = !status.equals("in_progress") && !status.equals("queued");
      draft.choice(0).finish = incomplete != null ? incomplete : over ? status : null;
    }
  }
}
