package io.sidetrace.llm.cohere;

import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Json;
import java.io.IOException;

/**
 * Cohere counts twice: {@code tokens} that went through the model, with its own template around the
 * messages, and {@code billed_units} that are paid for. Prices are per billed token, so these are
 * the usage where they are told.
 */
final class CohereUsage {
  private long billedInput = -1;
  private long billedOutput = -1;
  private long input = -1;
  private long output = -1;
  private long total = -1;

  private CohereUsage() {}

  /** Reads v1's {@code meta} or v2's {@code usage}; also what Jina and Voyage count. */
  static void read(Json json, Draft draft) throws IOException {
    if (!json.isObject()) {
      json.skip();
      return;
    }
    CohereUsage usage = new CohereUsage();
    int mark = json.mark();
    json.object();
    for (String name; (name = json.field()) != null; ) {
      usage.field(name, json, draft);
    }
    draft.providerUsage = json.rawSince(mark);
    usage.fill(draft);
  }

  private void field(String name, Json json, Draft draft) throws IOException {
    switch (name) {
      case "billed_units" -> {
        if (json.object()) {
          for (String unit; (unit = json.field()) != null; ) {
            switch (unit) {
              case "input_tokens" -> billedInput = json.number(-1);
              case "output_tokens" -> billedOutput = json.number(-1);
              case "search_units" -> draft.metadata(unit, json.text());
              default -> {}
            }
          }
        }
      }
      case "tokens" -> {
        if (json.object()) {
          for (String unit; (unit = json.field()) != null; ) {
            switch (unit) {
              case "input_tokens" -> input = json.number(-1);
              case "output_tokens" -> output = json.number(-1);
              default -> {}
            }
          }
        }
      }
      case "total_tokens" -> total = json.number(-1);
      case "prompt_tokens" -> input = json.number(-1);
      default -> {}
    }
  }

  private void fill(Draft draft) {
    long in = billedInput >= 0 ? billedInput : input;
    draft.usage("input", in >= 0 ? in : total);
    draft.usage("output", billedOutput >= 0 ? billedOutput : output);
    draft.usage("total", total);
  }
}
