package io.sidetrace.llm.ollama;

import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Protocol;
import io.sidetrace.llm.spi.Reading;
import io.sidetrace.llm.spi.Shape;
import io.sidetrace.llm.spi.Target;

/** {@code /api/chat}, {@code /api/generate}, {@code /api/embed} and {@code /api/embeddings}. */
public final class Ollama implements Protocol {

  @Override
  public boolean serves(Target target) {
    return target.ends("/api/chat")
        || target.ends("/api/generate")
        || target.ends("/api/embed")
        || target.ends("/api/embeddings");
  }

  @Override
  public boolean resembles(Shape shape) {
    return shape.response().contains("done")
        && (shape.response().contains("message") || shape.response().contains("response"));
  }

  @Override
  public Reading read(Target target, Draft draft) {
    draft.protocol = "ollama";
    draft.operation = target.path().substring(target.path().lastIndexOf('/') + 1);
    draft.type = draft.operation.startsWith("embed") ? "embedding" : "generation";
    // Ollama streams unless told not to.
    draft.wantsStream = draft.type.equals("generation");
    return new OllamaReading(draft);
  }
}
