package io.sidetrace.llm.cohere;

import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Failures;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.JsonText;
import io.sidetrace.llm.spi.Reading;
import io.sidetrace.llm.spi.Vectors;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads embed and rerank: lists in, lists out. */
final class CohereListReading implements Reading {
  private final Draft draft;
  private final Vectors vectors = new Vectors();

  CohereListReading(Draft draft) {
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
        case "model" -> draft.requestModel = json.textOr(draft.requestModel);
        case "query", "documents", "texts", "texts_1", "inputs", "images", "text_1", "text_2" -> {
          if (!json.isNull()) {
            input.put(name, json.raw());
          }
        }
        default -> draft.parameter(name, json);
      }
    }
    if (input.size() == 1) {
      draft.input = input.values().iterator().next();
    } else if (!input.isEmpty()) {
      draft.input = JsonText.object(input);
    }
  }

  @Override
  public void response(Json json) throws IOException {
    if (!json.object()) {
      return;
    }
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "id", "response_id" -> draft.responseId = json.textOr(draft.responseId);
        case "model" -> draft.model = json.textOr(draft.model);
        case "embeddings" -> draft.output = vectors.read(json, draft.options.wholeEmbeddings());
        case "results", "data" -> draft.output = json.rawOrNull();
        case "meta", "usage" -> CohereUsage.read(json, draft);
        case "error" -> draft.error = Failures.read(json);
        default -> {}
      }
    }
  }

  @Override
  public void event(String name, Json json) throws IOException {
    response(json);
  }

  @Override
  public void finish() {
    draft.ended = true;
  }
}
