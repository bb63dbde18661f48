package io.sidetrace.llm.openai;

import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Failures;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.Protocol;
import io.sidetrace.llm.spi.Reading;
import io.sidetrace.llm.spi.Shape;
import io.sidetrace.llm.spi.Target;
import io.sidetrace.llm.spi.Vectors;
import java.io.IOException;

/** {@code POST …/embeddings}: OpenAI, Azure, Mistral, vLLM, Voyage, Jina. */
public final class Embeddings implements Protocol {

  @Override
  public boolean serves(Target target) {
    return target.ends("/embeddings") && !target.ends("/api/embeddings");
  }

  @Override
  public boolean resembles(Shape shape) {
    return shape.request().contains("input")
        && shape.objectIs("list")
        && shape.response().contains("data");
  }

  @Override
  public Reading read(Target target, Draft draft) {
    draft.protocol = "openai-embeddings";
    draft.type = "embedding";
    draft.operation = "embeddings";
    draft.requestModel = target.segmentAfter("/deployments/");
    return new EmbeddingsReading(draft);
  }

  private static final class EmbeddingsReading implements Reading {
    private final Draft draft;
    private final Vectors vectors = new Vectors();

    EmbeddingsReading(Draft draft) {
      this.draft = draft;
    }

    @Override
    public void request(Json json) throws IOException {
      if (json.object()) {
        for (String name; (name = json.field()) != null; ) {
          switch (name) {
            case "model" -> draft.requestModel = json.textOr(draft.requestModel);
            case "input" -> draft.input = json.textOrRaw();
            case "user" -> draft.metadata("user", json.text());
            default -> draft.parameter(name, json);
          }
        }
      }
    }

    @Override
    public void response(Json json) throws IOException {
      if (json.object()) {
        for (String name; (name = json.field()) != null; ) {
          switch (name) {
            case "id" -> draft.responseId = json.textOr(null);
            case "model" -> draft.model = json.textOr(draft.model);
            case "data" -> draft.output = vectors.read(json, draft.options.wholeEmbeddings());
            case "usage" -> OpenAiUsage.readInputOnly(json, draft);
            case "error" -> draft.error = Failures.read(json);
            default -> {}
          }
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
}
