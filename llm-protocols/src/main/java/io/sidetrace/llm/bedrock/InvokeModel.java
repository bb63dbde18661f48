package io.sidetrace.llm.bedrock;

import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Protocol;
import io.sidetrace.llm.spi.Reading;
import io.sidetrace.llm.spi.Target;

/** {@code POST /model/{id}/invoke} and {@code /invoke-with-response-stream}. */
public final class InvokeModel implements Protocol {

  @Override
  public boolean serves(Target target) {
    return target.path().contains("/model/")
        && (target.ends("/invoke") || target.ends("/invoke-with-response-stream"));
  }

  @Override
  public Reading read(Target target, Draft draft) {
    draft.protocol = "bedrock-invoke";
    draft.operation = "invoke";
    draft.wantsStream = target.ends("-stream");
    draft.requestModel = Converse.model(target);
    return new InvokeReading(draft);
  }
}
