package io.sidetrace.llm.bedrock;

import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Protocol;
import io.sidetrace.llm.spi.Reading;
import io.sidetrace.llm.spi.Shape;
import io.sidetrace.llm.spi.Target;
import org.jspecify.annotations.Nullable;

/** {@code POST /model/{id}/converse} and {@code /converse-stream}. */
public final class Converse implements Protocol {

  @Override
  public boolean serves(Target target) {
    return target.path().contains("/model/")
        && (target.ends("/converse") || target.ends("/converse-stream"));
  }

  @Override
  public boolean resembles(Shape shape) {
    return shape.response().contains("stopReason") && shape.response().contains("output");
  }

  @Override
  public Reading read(Target target, Draft draft) {
    draft.protocol = "bedrock-converse";
    draft.operation = "converse";
    draft.wantsStream = target.ends("-stream");
    draft.requestModel = model(target);
    return new ConverseReading(draft);
  }

  /** The model id, which may be an ARN with slashes in it. */
  static @Nullable String model(Target target) {
    int from = target.path().indexOf("/model/");
    int to = target.path().lastIndexOf('/');
    return from < 0 || to <= from + 7 ? null : target.path().substring(from + 7, to);
  }
}
