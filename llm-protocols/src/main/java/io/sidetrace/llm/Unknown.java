package io.sidetrace.llm;

import io.sidetrace.llm.openai.OpenAiUsage;
import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Failures;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.Protocol;
import io.sidetrace.llm.spi.Reading;
import io.sidetrace.llm.spi.Target;
import io.sidetrace.llm.wire.Body;
import java.io.IOException;

/** What no decoder knows: bodies stay as they are, and only what all APIs call alike is read. */
final class Unknown implements Protocol {
  static final Protocol PROTOCOL = new Unknown();

  private Unknown() {}

  /** What is left when even the bodies could not be unwrapped: that the call was made. */
  static Generation generation(Exchange exchange, Throwable failure) {
    Draft draft = new Draft(DecodeOptions.DEFAULT);
    draft.operation = exchange.method();
    draft.metadata("decodeError", failure.getClass().getSimpleName());
    Exchange empty = Exchange.to(exchange.url()).status(exchange.status()).build();
    Body none = Body.of(empty.request(), null, Chunks.NONE, 0);
    return new Summary(empty, none, none, Framing.OTHER, draft, true, null).generation();
  }

  @Override
  public boolean serves(Target target) {
    return true;
  }

  @Override
  public Reading read(Target target, Draft draft) {
    draft.type = "span";
    draft.operation = target.path().substring(target.path().lastIndexOf('/') + 1);
    boolean counts = draft.operation.contains("count");
    return new Reading() {
      @Override
      public void request(Json json) throws IOException {
        if (json.object()) {
          for (String name; (name = json.field()) != null; ) {
            switch (name) {
              case "model" -> draft.requestModel = json.text();
              case "messages", "prompt" -> draft.type = counts ? "span" : "generation";
              case "stream" -> draft.wantsStream = json.flag();
              default -> {}
            }
          }
        }
      }

      @Override
      public void response(Json json) throws IOException {
        if (json.object()) {
          for (String name; (name = json.field()) != null; ) {
            switch (name) {
              case "model" -> draft.model = json.text();
              case "id" -> draft.responseId = json.text();
              case "usage" -> OpenAiUsage.read(json, draft);
              case "error" -> draft.error = Failures.read(json);
              default -> {}
            }
          }
        }
      }

      @Override
      public void event(String name, Json json) throws IOException {
        draft.contentSeen = true;
        response(json);
      }

      @Override
      public void finish() {
        draft.ended = true;
      }
    };
  }
}
