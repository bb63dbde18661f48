package io.sidetrace.llm.openai;

import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Protocol;
import io.sidetrace.llm.spi.Reading;
import io.sidetrace.llm.spi.Shape;
import io.sidetrace.llm.spi.Target;

/** {@code POST …/completions}: OpenAI's legacy text completions, and fill-in-the-middle. */
public final class Completions implements Protocol {

  @Override
  public boolean serves(Target target) {
    return target.ends("/completions");
  }

  @Override
  public boolean resembles(Shape shape) {
    return shape.objectIs("text_completion")
        || (shape.request().contains("prompt") && shape.response().contains("choices"));
  }

  @Override
  public Reading read(Target target, Draft draft) {
    draft.protocol = "openai-completions";
    draft.operation = "completions";
    draft.requestModel = target.segmentAfter("/deployments/");
    return new ChatReading(draft, true);
  }
}
