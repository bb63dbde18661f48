package io.sidetrace.llm.gemini;

import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Failures;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.JsonText;
import io.sidetrace.llm.spi.Reading;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads Gemini's answers; each event of a stream has the form of a whole answer. */
final class GenerateContentReading implements Reading {
  private final Draft draft;
  private final Map<Integer, Candidate> candidates = new TreeMap<>();
  private @Nullable String whole;
  private @Nullable GeminiUsage usage;
  private boolean blocked;

  GenerateContentReading(Draft draft) {
    this.draft = draft;
  }

  @Override
  public void request(Json json) throws IOException {
    if (!json.object()) {
      return;
    }
    Map<String, String> input = new LinkedHashMap<>();
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "contents", "systemInstruction", "system_instruction", "tools" -> {
          if (!json.isNull()) {
            input.put(name, json.raw());
          }
        }
        case "generationConfig", "generation_config" -> draft.parameters(json);
        case "model" -> {
          String model = GenerateContent.bare(json.text());
          draft.requestModel = draft.requestModel == null ? model : draft.requestModel;
        }
        // Code Assist wraps the request.
        case "request" -> request(json);
        default -> draft.parameter(name, json);
      }
    }
    if (!input.isEmpty()) {
      draft.input = JsonText.object(input);
    }
  }

  @Override
  public void response(Json json) throws IOException {
    if (json.isArray()) {
      json.array();
      while (json.element()) {
        answer(json, false);
      }
    } else {
      answer(json, true);
    }
  }

  @Override
  public void event(String name, Json json) throws IOException {
    answer(json, false);
  }

  private void answer(Json json, boolean alone) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "candidates" -> candidates(json, alone);
        case "usageMetadata", "usage_metadata" -> usage = GeminiUsage.read(json, usage);
        case "modelVersion", "model_version" -> draft.model = json.textUnless(draft.model);
        case "responseId", "response_id" -> draft.responseId = json.textUnless(draft.responseId);
        case "promptFeedback", "prompt_feedback" -> feedback(json);
        // Code Assist wraps the answer.
        case "response" -> answer(json, alone);
        case "error" -> draft.error = Failures.read(json);
        default -> {}
      }
    }
  }

  private void feedback(Json json) throws IOException {
    if (json.isObject()) {
      String feedback = json.raw();
      blocked |= feedback.contains("lockReason") || feedback.contains("lock_reason");
      draft.metadata("promptFeedback", feedback);
    }
  }

  private void candidates(Json json, boolean alone) throws IOException {
    if (!json.isArray()) {
      json.skip();
      return;
    }
    int mark = json.mark();
    json.array();
    for (int position = 0; json.element(); position++) {
      if (json.isObject()) {
        candidate(json, position);
      }
    }
    if (alone) {
      whole = json.rawSince(mark);
    }
  }

  private void candidate(Json json, int position) throws IOException {
    if (!several()) {
      at(position).read(json);
      return;
    }
    // The index stands behind the content, and is left out when it is 0.
    int from = json.mark();
    int to = json.end();
    Json first = json.again(from, to);
    first.nextRoot();
    int index = index(first, position);
    Json again = json.again(from, to);
    again.nextRoot();
    at(index).read(again);
  }

  private Candidate at(int index) {
    return candidates.computeIfAbsent(index, i -> new Candidate(draft, draft.choice(i)));
  }

  private boolean several() {
    String count = draft.parameters().get("candidateCount");
    return candidates.size() > 1 || (count != null && !count.equals("1"));
  }

  private static int index(Json json, int otherwise) throws IOException {
    int index = otherwise;
    json.object();
    for (String name; (name = json.field()) != null; ) {
      if (name.equals("index")) {
        index = (int) json.number(otherwise);
      }
    }
    return index;
  }

  @Override
  public void finish() {
    boolean all = !candidates.isEmpty();
    for (Candidate candidate : candidates.values()) {
      all &= candidate.choice.finish != null;
    }
    draft.ended |= all || blocked;
    if (usage != null) {
      usage.fill(draft);
    }
    if (whole != null) {
      draft.output = "{\"candidates\":" + whole + "}";
    } else if (!candidates.isEmpty()) {
      JsonText json = new JsonText().open('{').open("candidates", '[');
      candidates.values().forEach(candidate -> candidate.write(json));
      draft.output = json.close(']').close('}').toString();
    }
  }
}
