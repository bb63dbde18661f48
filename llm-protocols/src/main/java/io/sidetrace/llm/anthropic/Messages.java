package io.sidetrace.llm.anthropic;

import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Protocol;
import io.sidetrace.llm.spi.Reading;
import io.sidetrace.llm.spi.Shape;
import io.sidetrace.llm.spi.Target;

/**
 * {@code POST …/v1/messages}, and Vertex AI's {@code …:rawPredict} and {@code …:streamRawPredict}.
 */
public final class Messages implements Protocol {

  @Override
  public boolean serves(Target target) {
    return target.ends("/v1/messages")
        || (target.ends("/messages") && target.host().contains("anthropic"))
        || (target.path().contains("/anthropic/")
            && (target.ends("awPredict") || target.ends("/messages")))
        || (target.ends("/v1/complete") && target.host().contains("anthropic"));
  }

  @Override
  public boolean resembles(Shape shape) {
    return "message_start".equals(shape.type())
        || ("message".equals(shape.type()) && shape.response().contains("stop_reason"))
        || shape.request().contains("anthropic_version");
  }

  @Override
  public Reading read(Target target, Draft draft) {
    draft.protocol = "anthropic-messages";
    draft.operation = target.ends("/complete") ? "complete" : "messages";
    String model = target.segmentAfter("/models/");
    draft.requestModel =
        model == null || model.indexOf(':') < 0 ? model : model.substring(0, model.indexOf(':'));
    return new MessagesReading(draft);
  }
}
