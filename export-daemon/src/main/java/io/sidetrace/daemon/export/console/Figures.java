package io.sidetrace.daemon.export.console;

import io.sidetrace.daemon.shape.Observation;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Times, tokens and money as people read them. */
final class Figures {
  private Figures() {}

  static String duration(long nanos) {
    double millis = nanos / 1e6;
    if (millis < 10) {
      return String.format(Locale.ROOT, "%.1f ms", millis);
    }
    if (millis < 1000) {
      return String.format(Locale.ROOT, "%.0f ms", millis);
    }
    if (millis < 60_000) {
      return String.format(Locale.ROOT, "%.2f s", millis / 1000);
    }
    return String.format(Locale.ROOT, "%.1f min", millis / 60_000);
  }

  /** Such as {@code 128 → 42 tokens (100 cached, 10 reasoning)}; null without usage. */
  static @Nullable String tokens(Map<String, Long> usage) {
    if (usage.isEmpty()) {
      return null;
    }
    long in = 0;
    long out = 0;
    List<String> parts = new ArrayList<>();
    for (Map.Entry<String, Long> bucket : usage.entrySet()) {
      String name = bucket.getKey();
      if (name.equals("total")) {
        continue;
      }
      if (name.startsWith("output")) {
        out += bucket.getValue();
      } else {
        in += bucket.getValue();
      }
      if (bucket.getValue() > 0 && !name.equals("input") && !name.equals("output")) {
        parts.add(bucket.getValue() + " " + readable(name));
      }
    }
    String details = parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    return in + " → " + out + " tokens" + details;
  }

  private static String readable(String bucket) {
    return bucket
        .replaceFirst("^(input|output)_", "")
        .replaceFirst("_tokens$", "")
        .replace('_', ' ');
  }

  static @Nullable String cost(Map<String, Double> cost) {
    if (cost.isEmpty()) {
      return null;
    }
    Double total = cost.get("total");
    double sum = cost.values().stream().mapToDouble(Double::doubleValue).sum();
    BigDecimal dollars = BigDecimal.valueOf(total == null ? sum : total);
    return "$" + dollars.round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }

  static @Nullable String firstToken(Observation observation) {
    long first = observation.model().firstTokenMicros();
    long wait = first - observation.identity().startMicros();
    return first == 0 || wait < 0 ? null : "first token " + duration(wait * 1000);
  }
}
