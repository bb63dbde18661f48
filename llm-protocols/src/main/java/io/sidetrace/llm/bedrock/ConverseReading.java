package io.sidetrace.llm.bedrock;

import io.sidetrace.llm.Failure;
import io.sidetrace.llm.spi.Choice;
import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Failures;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.Prompt;
import io.sidetrace.llm.spi.Reading;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads Converse. A stream's events are named by their frames; Amazon Nova, under InvokeModel, has
 * the same events with their name inside: {@code {"contentBlockDelta": {…}}}.
 */
final class ConverseReading implements Reading {
  private final Draft draft;
  private final ConverseBlocks blocks;
  private @Nullable String message;

  ConverseReading(Draft draft) {
    this.draft = draft;
    this.blocks = new ConverseBlocks(draft);
  }

  @Override
  public void request(Json json) throws IOException {
    if (!json.object()) {
      return;
    }
    Prompt prompt = new Prompt();
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "messages" -> prompt.messages = json.rawOrNull();
        case "system" -> prompt.system = json.rawOrNull();
        case "toolConfig" -> toolConfig(json, prompt);
        case "inferenceConfig" -> draft.parameters(json);
        case "schemaVersion" -> json.skip();
        default -> draft.parameter(name, json);
      }
    }
    draft.input = prompt.json();
  }

  private void toolConfig(Json json, Prompt prompt) throws IOException {
    if (json.object()) {
      for (String name; (name = json.field()) != null; ) {
        switch (name) {
          case "tools" -> prompt.tools = json.rawOrNull();
          default -> draft.parameter(name, json);
        }
      }
    }
  }

  @Override
  public void response(Json json) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "output" -> output(json);
        default -> fact(name, json);
      }
    }
  }

  /** What a whole answer and the events of a stream have in common. */
  private void fact(String name, Json json) throws IOException {
    switch (name) {
      case "stopReason" -> draft.choice(0).finish = json.textOr(draft.choice(0).finish);
      case "usage" -> ConverseUsage.read(json, draft);
      case "metrics" -> metrics(json);
      case "serviceTier" -> tier(json);
      case "trace", "additionalModelResponseFields" -> draft.metadata(name, json.rawOrNull());
      case "amazon-bedrock-guardrailAction" -> draft.metadata(name, json.text());
      case "amazon-bedrock-invocationMetrics" -> {
        if (draft.usage().isEmpty()) {
          ConverseUsage.read(json, draft);
        }
      }
      default -> {}
    }
  }

  private void tier(Json json) throws IOException {
    if (json.object()) {
      for (String name; (name = json.field()) != null; ) {
        if (name.equals("type")) {
          draft.parameter("service_tier", json);
        }
      }
    }
  }

  private void metrics(Json json) throws IOException {
    if (json.object()) {
      for (String name; (name = json.field()) != null; ) {
        if (name.equals("latencyMs")) {
          draft.metadata(name, json.text());
        }
      }
    }
  }

  private void output(Json json) throws IOException {
    if (json.object()) {
      for (String name; (name = json.field()) != null; ) {
        if (name.equals("message") && json.isObject()) {
          message(json);
        }
      }
    }
  }

  private void message(Json json) throws IOException {
    int mark = json.mark();
    Choice choice = draft.choice(0);
    json.object();
    for (String name; (name = json.field()) != null; ) {
      if (name.equals("content") && json.array()) {
        while (json.element()) {
          ConverseBlocks.read(json, choice);
        }
      }
    }
    message = json.rawSince(mark);
  }

  @Override
  public void event(String eventName, Json json) throws IOException {
    if (eventName.startsWith("!")) {
      Failure failure = Failures.read(json);
      draft.error =
          new Failure(eventName.substring(1), failure == null ? eventName : failure.message());
    } else if (!eventName.isEmpty() && !eventName.equals("chunk")) {
      named(eventName, json);
    } else if (json.object()) {
      for (String name; (name = json.field()) != null; ) {
        if (json.isObject() && !name.startsWith("amazon-")) {
          named(name, json);
        } else {
          fact(name, json);
        }
      }
    }
  }

  private void named(String event, Json json) throws IOException {
    if (event.endsWith("Exception")) {
      Failure failure = Failures.read(json);
      draft.error = new Failure(event, failure == null ? event : failure.message());
      return;
    }
    draft.ended |= event.equals("messageStop");
    if (!json.object()) {
      return;
    }
    int index = -1;
    int from = -1;
    int to = -1;
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "contentBlockIndex" -> index = (int) json.number(0);
        case "start", "delta" -> {
          if (index >= 0) {
            blocks.add(index, json);
          } else {
            from = json.mark();
            to = json.end();
          }
        }
        case "role" -> blocks.role = json.textOr(blocks.role);
        default -> fact(name, json);
      }
    }
    if (from >= 0) {
      Json inner = json.again(from, to);
      inner.nextRoot();
      blocks.add(Math.max(0, index), inner);
    }
  }

  @Override
  public void finish() {
    draft.output = message != null ? message : blocks.json();
    if (draft.output != null) {
      draft.choice(0);
    }
  }
}
