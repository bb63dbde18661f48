package io.sidetrace.llm.bedrock;

import io.sidetrace.llm.spi.Choice;
import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Failures;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.JsonText;
import io.sidetrace.llm.spi.Reading;
import io.sidetrace.llm.spi.Vectors;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the families that take a text and give one, which differ in names alone:
 *
 * <pre>
 * Titan     inputText  → results[] {outputText, tokenCount, completionReason}, inputTextTokenCount
 * Llama     prompt     → generation, prompt_token_count, generation_token_count, stop_reason
 * Mistral   prompt     → outputs[] {text, stop_reason}
 * Cohere    prompt     → generations[] {text, finish_reason}
 * Jurassic  prompt     → completions[] {data {text}, finishReason {reason}}
 * Claude 2  prompt     → completion, stop_reason
 * DeepSeek  prompt     → choices[] {text, stop_reason}
 * Titan     inputText  → embedding, inputTextTokenCount
 * </pre>
 */
final class TextReading implements Reading {
  private final Draft draft;
  private final Vectors vectors = new Vectors();
  private final Map<String, String> reported = new LinkedHashMap<>();
  private long input = -1;
  private long output = -1;
  private boolean any;

  TextReading(Draft draft) {
    this.draft = draft;
  }

  @Override
  public void request(Json json) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "prompt", "inputText" -> draft.input = json.textOrRaw();
        case "textGenerationConfig", "embeddingConfig" -> draft.parameters(json);
        default -> draft.parameter(name, json);
      }
    }
  }

  @Override
  public void response(Json json) throws IOException {
    answer(json);
  }

  @Override
  public void event(String name, Json json) throws IOException {
    answer(json);
  }

  private void answer(Json json) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "results", "outputs", "generations", "completions", "choices" -> list(json);
        case "inputTextTokenCount", "prompt_token_count" -> input = count(name, json, input);
        case "totalOutputTextTokenCount", "generation_token_count" ->
            output = count(name, json, output);
        case "embedding", "embeddings", "embeddingsByType" -> {
          draft.type = "embedding";
          String found = vectors.read(json, draft.options.wholeEmbeddings());
          draft.output = draft.output == null ? found : draft.output;
        }
        // Both stand in a stream's last event.
        case "amazon-bedrock-invocationMetrics" -> {
          draft.ended = true;
          metrics(json);
        }
        case "amazon-bedrock-guardrailAction", "amazon-bedrock-trace" -> {
          draft.ended = true;
          draft.metadata(name, json.textOrRaw());
        }
        case "id" -> draft.responseId = json.textOr(draft.responseId);
        case "error" -> draft.error = Failures.read(json);
        default -> choiceField(name, json, 0);
      }
    }
  }

  private long count(String name, Json json, long old) throws IOException {
    if (!json.isNumber()) {
      json.skip();
      return old;
    }
    reported.put(name, json.raw());
    return json.number(old);
  }

  private void list(Json json) throws IOException {
    if (json.array()) {
      for (int position = 0; json.element(); position++) {
        choice(json, position);
      }
    }
  }

  private void choice(Json json, int position) throws IOException {
    if (!json.object()) {
      return;
    }
    draft.choice(position);
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "tokenCount" -> {
          long count = json.number(0);
          output = Math.max(0, output) + Math.max(0, count);
          reported.put("tokenCount", Long.toString(output));
        }
        case "data" -> nested(json, position);
        default -> choiceField(name, json, position);
      }
    }
  }

  private void nested(Json json, int position) throws IOException {
    if (json.object()) {
      for (String name; (name = json.field()) != null; ) {
        choiceField(name, json, position);
      }
    }
  }

  private void choiceField(String name, Json json, int position) throws IOException {
    switch (name) {
      case "outputText", "generation", "completion", "text" -> {
        if (json.isString()) {
          any = true;
          draft.contentSeen |= json.appendTo(draft.choice(position).text) > 0;
        }
      }
      case "completionReason", "stop_reason", "finish_reason", "finishReason" -> {
        Choice choice = draft.choice(position);
        choice.finish = json.isObject() ? reason(json) : json.textOr(choice.finish);
      }
      default -> {}
    }
  }

  private static @Nullable String reason(Json json) throws IOException {
    String reason = null;
    json.object();
    for (String name; (name = json.field()) != null; ) {
      if (name.equals("reason")) {
        reason = json.text();
      }
    }
    return reason;
  }

  private void metrics(Json json) throws IOException {
    if (json.object()) {
      for (String name; (name = json.field()) != null; ) {
        switch (name) {
          case "inputTokenCount" -> input = input >= 0 ? input : count(name, json, input);
          case "outputTokenCount" -> output = output >= 0 ? output : count(name, json, output);
          default -> {}
        }
      }
    }
  }

  @Override
  public void finish() {
    draft.usage("input", input);
    draft.usage("output", output);
    if (!reported.isEmpty()) {
      draft.providerUsage = JsonText.object(reported);
    }
    boolean all = draft.choiceCount() > 0;
    for (Choice choice : draft.choices()) {
      all &= choice.finish != null;
    }
    draft.ended |= all;
    if (any) {
      draft.output = text();
    }
  }

  private String text() {
    if (draft.choiceCount() == 1) {
      return draft.choices().iterator().next().text.toString();
    }
    JsonText all = new JsonText().open('[');
    draft.choices().forEach(choice -> all.element(choice.text));
    return all.close(']').toString();
  }
}
