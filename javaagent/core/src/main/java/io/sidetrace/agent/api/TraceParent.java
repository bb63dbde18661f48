package io.sidetrace.agent.api;

import org.jspecify.annotations.Nullable;

/** The header {@code traceparent}, W3C trace-context 3.2: {@code 00-<trace>-<span>-<flags>}. */
record TraceParent(String traceId, String spanId) {
  static final String HEADER = "traceparent";

  private static final int LENGTH = 55;

  /** Null unless it is well formed; a later version's extra fields are passed over (3.2.4). */
  static @Nullable TraceParent parse(@Nullable String header) {
    if (header == null || header.length() < LENGTH) {
      return null;
    }
    boolean longer = header.length() > LENGTH;
    if (header.startsWith("ff")
        || (longer && (header.startsWith("00") || header.charAt(LENGTH) != '-'))) {
      return null;
    }
    if (!isHex(header, 0, 2)
        || header.charAt(2) != '-'
        || !isId(header, 3, 35)
        || header.charAt(35) != '-'
        || !isId(header, 36, 52)
        || header.charAt(52) != '-'
        || !isHex(header, 53, 55)) {
      return null;
    }
    return new TraceParent(header.substring(3, 35), header.substring(36, 52));
  }

  /** Always sampled: what we see, we record. */
  static String format(String traceId, String spanId) {
    return "00-" + traceId + '-' + spanId + "-01";
  }

  private static boolean isId(String text, int start, int end) {
    if (!isHex(text, start, end)) {
      return false;
    }
    for (int i = start; i < end; i++) {
      if (text.charAt(i) != '0') {
        return true;
      }
    }
    return false;
  }

  private static boolean isHex(String text, int start, int end) {
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }
}
