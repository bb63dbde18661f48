package io.sidetrace.llm.gemini;

import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Protocol;
import io.sidetrace.llm.spi.Reading;
import io.sidetrace.llm.spi.Shape;
import io.sidetrace.llm.spi.Target;
import org.jspecify.annotations.Nullable;

/** {@code …/models/{model}:generateContent} and {@code :streamGenerateContent}. */
public final class GenerateContent implements Protocol {

  @Override
  public boolean serves(Target target) {
    return target.ends(":generateContent") || target.ends(":streamGenerateContent");
  }

  @Override
  public boolean resembles(Shape shape) {
    return shape.response().contains("candidates") || shape.response().contains("usageMetadata");
  }

  @Override
  public Reading read(Target target, Draft draft) {
    draft.protocol = "gemini";
    draft.operation = "generateContent";
    draft.wantsStream = target.ends(":streamGenerateContent");
    draft.requestModel = model(target);
    return new GenerateContentReading(draft);
  }

  /** What stands before the verb: a model, a tuned model, or the number of an endpoint. */
  static @Nullable String model(Target target) {
    String last = target.path().substring(target.path().lastIndexOf('/') + 1);
    int colon = last.lastIndexOf(':');
    return colon <= 0 ? null : last.substring(0, colon);
  }

  /** A model without the collection it stands in. */
  static @Nullable String bare(@Nullable String model) {
    return model == null ? null : model.substring(model.lastIndexOf('/') + 1);
  }
}
