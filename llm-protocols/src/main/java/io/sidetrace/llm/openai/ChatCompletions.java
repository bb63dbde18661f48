package io.sidetrace.llm.openai;

import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Protocol;
import io.sidetrace.llm.spi.Reading;
import io.sidetrace.llm.spi.Shape;
import io.sidetrace.llm.spi.Target;

/** {@code POST …/chat/completions}: OpenAI, Azure deployments, and everyone who speaks it. */
public final class ChatCompletions implements Protocol {

  @Override
  public boolean serves(Target target) {
    return target.ends("/chat/completions") || target.ends("/agents/completions");
  }

  @Override
  public boolean resembles(Shape shape) {
    return shape.objectIs("chat.completion")
        || shape.objectIs("chat.completion.chunk")
        || (shape.request().contains("messages") && shape.response().contains("choices"));
  }

  @Override
  public Reading read(Target target, Draft draft) {
    boolean azure = target.host().contains("azure") || target.path().contains("/deployments/");
    draft.protocol = azure ? "azure-openai-chat" : "openai-chat";
    draft.operation = "chat.completions";
    // Older Azure clients name the model only by its deployment.
    draft.requestModel = target.segmentAfter("/deployments/");
    return new ChatReading(draft);
  }
}
