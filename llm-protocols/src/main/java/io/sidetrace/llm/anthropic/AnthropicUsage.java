package io.sidetrace.llm.anthropic;

import io.sidetrace.llm.spi.Draft;
import io.sidetrace.llm.spi.Json;
import io.sidetrace.llm.spi.JsonText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Anthropic's token counts, which are disjoint already. A stream tells them twice: the input with
 * its first event, the output with its last, each perhaps with zeros for what it does not know.
 */
final class AnthropicUsage {
  private static final String ONE_HOUR = "ephemeral_1h_input_tokens";

  private final Map<String, String> reported = new LinkedHashMap<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final Map<String, Long> compaction = new LinkedHashMap<>();

  void read(Json json) throws IOException {
    if (!json.object()) {
      return;
    }
    Map<String, Long> told = new LinkedHashMap<>();
    Map<String, String> raw = new LinkedHashMap<>();
    for (String name; (name = json.field()) != null; ) {
      if (!json.isNull()) {
        if (json.isNumber() || json.isString()) {
          told.put(name, json.number(-1));
          raw.put(name, json.raw());
        } else {
          int mark = json.mark();
          parts(name, json);
          raw.put(name, json.rawSince(mark));
        }
      }
    }
    // Who tells the input again knows all of it; else a 0 may only mean that it is not told here.
    boolean all = told.getOrDefault("input_tokens", 0L) > 0;
    for (Map.Entry<String, String> field : raw.entrySet()) {
      String name = field.getKey();
      long count = told.getOrDefault(name, 1L);
      if (all || count > 0 || !reported.containsKey(name)) {
        reported.put(name, field.getValue());
        if (told.containsKey(name)) {
          counts.put(name, count);
        }
      }
    }
  }

  private void parts(String name, Json json) throws IOException {
    switch (name) {
      case "cache_creation" -> counts.merge(ONE_HOUR, oneHour(json), Math::max);
      case "iterations" -> iterations(json);
      default -> {}
    }
  }

  /** The part of {@code cache_creation_input_tokens} that is kept for an hour. */
  private static long oneHour(Json json) throws IOException {
    long tokens = 0;
    if (json.object()) {
      for (String name; (name = json.field()) != null; ) {
        if (name.equals(ONE_HOUR)) {
          tokens = json.number(0);
        }
      }
    }
    return tokens;
  }

  /** The counts at the top leave out what it took to shorten the conversation, which is charged. */
  private void iterations(Json json) throws IOException {
    compaction.clear();
    if (json.array()) {
      while (json.element()) {
        if (json.object()) {
          boolean compacts = false;
          Map<String, Long> told = new LinkedHashMap<>();
          for (String name; (name = json.field()) != null; ) {
            if (json.isNumber()) {
              told.put(name, Math.max(0, json.number(0)));
            } else {
              compacts |= name.equals("type") && "compaction".equals(json.word());
            }
          }
          if (compacts) {
            told.forEach((name, tokens) -> compaction.merge(name, tokens, Long::sum));
          }
        }
      }
    }
  }

  /** Bedrock's own count in a stream's last event, for models that tell none. */
  void readInvocationMetrics(Json json) throws IOException {
    if (json.object()) {
      for (String name; (name = json.field()) != null; ) {
        switch (name) {
          case "inputTokenCount" -> counts.putIfAbsent("input_tokens", json.number(-1));
          case "outputTokenCount" -> counts.putIfAbsent("output_tokens", json.number(-1));
          default -> {}
        }
      }
    }
  }

  void fill(Draft draft) {
    draft.usage("input", count("input_tokens"));
    draft.usage("output", count("output_tokens"));
    draft.detail("cache_read_input_tokens", count("cache_read_input_tokens"));
    draft.cacheWrites(count("cache_creation_input_tokens"), count(ONE_HOUR));
    if (!reported.isEmpty()) {
      draft.providerUsage = JsonText.object(reported);
      String tier = reported.get("service_tier");
      if (tier != null) {
        draft.parameters().put("service_tier", tier);
      }
    }
  }

  private long count(String name) {
    long tokens = counts.getOrDefault(name, -1L);
    Long more = compaction.get(name);
    return more == null ? tokens : Math.max(0, tokens) + more;
  }
}
