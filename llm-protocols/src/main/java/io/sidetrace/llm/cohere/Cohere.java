package io.sidetrace.llm.cohere;

import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Protocol;
import io.sidetrace.llm.spi.Reading;
import io.sidetrace.llm.spi.Shape;
import io.sidetrace.llm.spi.Target;

/** {@code /v1} and {@code /v2} of chat, embed and rerank, and {@code /v1/generate}. */
public final class Cohere implements Protocol {

  @Override
  public boolean serves(Target target) {
    // Writer has a /v1/chat too, which speaks OpenAI's protocol.
    return (target.ends("/v1/chat") && target.host().contains("cohere"))
        || target.ends("/v2/chat")
        || target.ends("/v1/generate")
        || target.ends("/v1/embed")
        || target.ends("/v2/embed")
        || target.ends("/rerank");
  }

  @Override
  public boolean resembles(Shape shape) {
    return shape.response().contains("generation_id")
        || shape.response().contains("event_type")
        || (shape.request().contains("message") && shape.request().contains("chat_history"))
        || (shape.request().contains("query") && shape.request().contains("documents"));
  }

  @Override
  public Reading read(Target target, Draft draft) {
    draft.protocol = "cohere";
    draft.operation = target.path().substring(target.path().lastIndexOf('/') + 1);
    return switch (draft.operation) {
      case "embed" -> CohereReadings.embed(draft);
      case "chat", "generate" -> CohereReadings.chat(draft);
      default -> CohereReadings.rerank(draft);
    };
  }
}
