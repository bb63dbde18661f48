package io.sidetrace.llm.cohere;

import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Reading;

/** Cohere's kinds of reading, for Cohere itself and for its models inside Bedrock. */
public final class CohereReadings {
  private CohereReadings() {}

  public static Reading chat(Draft draft) {
    return new CohereChatReading(draft);
  }

  public static Reading embed(Draft draft) {
    draft.type = "embedding";
    return new CohereListReading(draft);
  }

  public static Reading rerank(Draft draft) {
    draft.type = "retriever";
    return new CohereListReading(draft);
  }
}
