package io.sidetrace.llm.gemini;

import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Failures;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.Protocol;
import io.sidetrace.llm.spi.Reading;
import io.sidetrace.llm.spi.Target;
import io.sidetrace.llm.spi.Vectors;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** {@code :embedContent}, {@code :batchEmbedContents}, and Vertex AI's {@code :predict}. */
public final class GeminiEmbeddings implements Protocol {

  @Override
  public boolean serves(Target target) {
    return target.ends(":embedContent")
        || target.ends(":batchEmbedContents")
        || (target.ends(":predict")
            && (target.path().contains("embed") || target.path().contains("gecko")));
  }

  @Override
  public Reading read(Target target, Draft draft) {
    draft.protocol = "gemini";
    draft.type = "embedding";
    draft.operation = target.path().substring(target.path().lastIndexOf(':') + 1);
    draft.requestModel = GenerateContent.model(target);
    return new EmbeddingsReading(draft);
  }

  private static final class EmbeddingsReading implements Reading {
    private final Draft draft;
    private final Vectors vectors = new Vectors();
    private long tokens = -1;
    private @Nullable GeminiUsage usage;

    EmbeddingsReading(Draft draft) {
      this.draft = draft;
    }

    @Override
    public void request(Json json) throws IOException {
      if (json.object()) {
        for (String name; (name = json.field()) != null; ) {
          switch (name) {
            case "content", "requests", "instances" -> draft.input = json.rawOrNull();
            case "model" -> json.skip();
            case "parameters" -> draft.parameters(json);
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
            case "embedding", "embeddings" ->
                draft.output = vectors.read(json, draft.options.wholeEmbeddings());
            case "predictions" -> predictions(json);
            case "usageMetadata" -> usage = GeminiUsage.read(json, usage);
            case "error" -> draft.error = Failures.read(json);
            default -> {}
          }
        }
      }
    }

    private void predictions(Json json) throws IOException {
      if (!json.isArray()) {
        json.skip();
        return;
      }
      int from = json.mark();
      int to = json.end();
      Json again = json.again(from, to);
      again.nextRoot();
      draft.output = vectors.read(again, draft.options.wholeEmbeddings());

      Json counts = json.again(from, to);
      counts.nextRoot();
      statistics(counts, 0);
    }

    /** Finds {@code {"statistics": {"token_count": n}}} and sums it up. */
    private void statistics(Json json, int depth) throws IOException {
      if (depth > 6) {
        json.skip();
      } else if (json.isArray()) {
        json.array();
        while (json.element()) {
          statistics(json, depth + 1);
        }
      } else if (json.isObject()) {
        json.object();
        for (String name; (name = json.field()) != null; ) {
          if (name.equals("token_count")) {
            tokens = Math.max(0, tokens) + Math.max(0, json.number(0));
          } else if (!name.equals("values")) {
            statistics(json, depth + 1);
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
      if (usage != null) {
        usage.fill(draft);
      }
      if (tokens >= 0) {
        draft.usage("input", tokens);
        draft.usage("total", tokens);
      }
    }
  }
}
