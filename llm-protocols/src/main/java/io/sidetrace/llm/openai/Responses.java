package io.sidetrace.llm.openai;

import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Protocol;
import io.sidetrace.llm.spi.Reading;
import io.sidetrace.llm.spi.Shape;
import io.sidetrace.llm.spi.Target;

/**
 * {@code POST …/responses}: OpenAI's Responses API; also a response fetched later by its id, and
 * {@code …/responses/compact}, where a model shortens a conversation.
 */
public final class Responses implements Protocol {

  @Override
  public boolean serves(Target target) {
    return target.ends("/responses")
        || target.ends("/responses/compact")
        || target.path().contains("/responses/resp_");
  }

  @Override
  public boolean resembles(Shape shape) {
    return shape.objectIs("response")
        || (shape.type() != null && shape.type().startsWith("response."));
  }

  @Override
  public Reading read(Target target, Draft draft) {
    draft.protocol = "openai-responses";
    draft.operation = "responses";
    draft.requestModel = target.segmentAfter("/deployments/");
    return new ResponsesReading(draft);
  }
}
