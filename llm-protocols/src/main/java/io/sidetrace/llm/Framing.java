package io.sidetrace.llm;

import io.sidetrace.llm.wire.Body;
import io.sidetrace.llm.wire.EventStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a response's events follow each other. The bytes decide where the header is wrong. */
enum Framing {
  SSE,
  LINES,
  /** Amazon's event stream. */
  AWS,
  /** One JSON array whose elements are events. */
  ARRAY,
  DOCUMENT,
  /** Empty, or no JSON. */
  OTHER;

  boolean streams() {
    return this == SSE || this == LINES || this == AWS;
  }

  static Framing of(@Nullable String contentType, Body body) {
    String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
    if (EventStream.isIn(body.bytes, body.start, body.end)
        || (type.contains("vnd.amazon.eventstream") && body.firstByte() != '{')) {
      return AWS;
    }
    return switch (body.firstByte()) {
      case '{' ->
          type.contains("ndjson") || type.contains("stream+json") || type.contains("jsonl")
              ? LINES
              : DOCUMENT;
      case '[' -> ARRAY;
      case -1 -> type.contains("event-stream") ? SSE : OTHER;
      default -> type.contains("event-stream") || startsLikeSse(body) ? SSE : OTHER;
    };
  }

  private static boolean startsLikeSse(Body body) {
    int length = Math.min(64, body.length());
    String head =
        new String(body.bytes, body.start, length, StandardCharsets.ISO_8859_1).stripLeading();
    return head.startsWith("data:")
        || head.startsWith("event:")
        || head.startsWith("id:")
        || head.startsWith("retry:")
        || head.startsWith(":");
  }
}
