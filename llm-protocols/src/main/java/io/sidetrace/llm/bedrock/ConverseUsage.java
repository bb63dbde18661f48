package io.sidetrace.llm.bedrock;

import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Json;
import java.io.IOException;

/** Converse's token counts: the cached ones stand beside the input, as Anthropic counts. */
final class ConverseUsage {
  private ConverseUsage() {}

  static void read(Json json, Draft draft) throws IOException {
    if (!json.isObject()) {
      json.skip();
      return;
    }
    long input = -1;
    long output = -1;
    long total = -1;
    long read = -1;
    long written = -1;
    long oneHour = 0;
    int mark = json.mark();
    json.object();
    for (String name; (name = json.field()) != null; ) {
      switch (name) {
        case "inputTokens", "inputTokenCount" -> input = json.number(input);
        case "outputTokens", "outputTokenCount" -> output = json.number(output);
        case "totalTokens" -> total = json.number(total);
        case "cacheReadInputTokens", "cacheReadInputTokenCount" ->
            read = Math.max(read, json.number(-1));
        case "cacheWriteInputTokens", "cacheWriteInputTokenCount" ->
            written = Math.max(written, json.number(-1));
        case "cacheDetails" -> oneHour = oneHour(json);
        default -> {}
      }
    }
    draft.providerUsage = json.rawSince(mark);
    draft.usage("input", input);
    draft.usage("output", output);
    draft.detail("cache_read_input_tokens", read);
    draft.cacheWrites(written, oneHour);
    draft.usage("total", total);
  }

  /** {@code [{"ttl": "5m" | "1h", "inputTokens": n}]}: the written ones by how long they stay. */
  private static long oneHour(Json json) throws IOException {
    long sum = 0;
    if (json.array()) {
      while (json.element()) {
        if (json.object()) {
          boolean hour = false;
          long tokens = 0;
          for (String name; (name = json.field()) != null; ) {
            switch (name) {
              case "ttl" -> hour = "1h".equals(json.text());
              case "inputTokens" -> tokens = json.number(0);
              default -> {}
            }
          }
          sum += hour ? Math.max(0, tokens) : 0;
        }
      }
    }
    return sum;
  }
}
