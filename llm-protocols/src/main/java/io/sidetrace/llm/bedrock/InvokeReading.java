package io.sidetrace.llm.bedrock;

import io.sidetrace.llm.Failure;
import io.sidetrace.llm.anthropic.MessagesReading;
import io.sidetrace.llm.cohere.CohereReadings;
import io.sidetrace.llm.openai.ChatReading;
import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Failures;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.Reading;
import java.io.IOException;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads InvokeModel, whose bodies are the model family's own. Names at their top tell the family:
 * the model id may be the ARN of an inference profile, which does not.
 */
final class InvokeReading implements Reading {
  private final Draft draft;
  private @Nullable Reading family;

  InvokeReading(Draft draft) {
    this.draft = draft;
  }

  @Override
  public void request(Json json) throws IOException {
    withFamily(json, Reading::request);
  }

  @Override
  public void response(Json json) throws IOException {
    withFamily(json, Reading::response);
  }

  /** An event is {@code {"bytes": base64 of the family's event}}. */
  @Override
  public void event(String name, Json json) throws IOException {
    if (name.startsWith("!")) {
      Failure failure = Failures.read(json);
      draft.error = new Failure(name.substring(1), failure == null ? name : failure.message());
      return;
    }
    if (!json.object()) {
      return;
    }
    for (String field; (field = json.field()) != null; ) {
      if (field.equals("bytes")) {
        String bytes = json.text();
        inner(bytes == null ? "" : bytes);
      }
    }
  }

  private void inner(String base64) throws IOException {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException notBase64) {
      return;
    }
    Json json = Json.of(bytes, 0, bytes.length);
    if (json.nextRoot()) {
      withFamily(json, (reading, event) -> reading.event("", event));
    }
  }

  /** One of {@link Reading}'s steps. */
  @FunctionalInterface
  private interface Step {
    void read(Reading reading, Json json) throws IOException;
  }

  private void withFamily(Json json, Step step) throws IOException {
    Reading reading = family;
    if (reading != null) {
      step.read(reading, json);
      return;
    }
    int from = json.mark();
    int to = json.end();
    Reading chosen = choose(names(json, from, to));
    family = chosen;
    Json again = json.again(from, to);
    again.nextRoot();
    step.read(chosen, again);
  }

  private static Set<String> names(Json json, int from, int to) throws IOException {
    Set<String> names = new HashSet<>();
    Json again = json.again(from, to);
    again.nextRoot();
    if (again.object()) {
      for (String name; (name = again.field()) != null; ) {
        names.add(name);
      }
    }

    return names;
  }

  private Reading choose(Set<String> names) {
    String model = draft.requestModel == null ? "" : draft.requestModel;
    boolean messages = names.contains("messages");
    if (names.contains("anthropic_version")
        || names.contains("stop_sequence")
        || (messages && model.contains("anthropic."))
        || names.contains("content_block")) {
      return new MessagesReading(draft);
    }
    if (names.contains("inferenceConfig")
        || names.contains("schemaVersion")
        || names.contains("stopReason")
        || names.contains("messageStart")
        || (messages && model.contains("nova"))) {
      return new ConverseReading(draft);
    }
    if (messages || names.contains("choices")) {
      return new ChatReading(draft);
    }
    if (names.contains("message") || names.contains("chat_history")) {
      return CohereReadings.chat(draft);
    }
    if (names.contains("texts")) {
      return CohereReadings.embed(draft);
    }
    if (names.contains("query") && names.contains("documents")) {
      return CohereReadings.rerank(draft);
    }
    if (names.contains("type") && (names.contains("message") || names.contains("delta"))) {
      return new MessagesReading(draft);
    }
    return new TextReading(draft);
  }

  @Override
  public void finish() throws IOException {
    if (family != null) {
      family.finish();
    }
  }
}
