package io.sidetrace.llm.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/**
 * Closes a JSON document that breaks off, so that what is whole in it can be read. Open objects and
 * arrays are closed. What the cut went through is dropped: half a number or half a model's name is
 * a wrong fact. Only where a string is text or arguments that grew while the model spoke, its
 * beginning is kept, for there a beginning is true.
 */
public final class Mender {
  private static final Set<String> GROWING =
      Set.of(
          "content",
          "text",
          "thinking",
          "reasoning",
          "reasoning_content",
          "refusal",
          "arguments",
          "partial_json",
          "response",
          "completion",
          "generation",
          "outputText");

  /** Counts explain each other, so an object of them is whole or not there. */
  private static final Set<String> ATOMIC =
      Set.of("usage", "usageMetadata", "usage_metadata", "meta", "billed_units", "tokens");

  private final byte[] bytes;
  private final int end;

  /**
   * Gemini says behind a part's text whether it was a thought, so a part of an answer is whole or
   * not there.
   */
  private final boolean atomicParts;

  private int at;

  /** Brackets to close, innermost last. */
  private byte[] open = new byte[32];

  /** For each of them, whether it is an array named {@code parts}. */
  private boolean[] parts = new boolean[32];

  private int depth;

  /** Up to here, closing the brackets gives a document. */
  private int whole;

  /** How many brackets are open there. */
  private int wholeDepth;

  /** Where the document was whole before an atomic object that is still open; -1 when none is. */
  private int atomicWhole = -1;

  private int atomicDepth;

  private Mender(byte[] bytes, int start, int end, boolean atomicParts) {
    this.bytes = bytes;
    this.atomicParts = atomicParts;
    this.at = start;
    this.end = end;
    this.whole = start;
  }

  /** The request that begins at {@code start}, closed; may be empty. Never throws. */
  public static byte[] mendRequest(byte[] bytes, int start, int end) {
    return new Mender(bytes, start, end, false).mend(start);
  }

  /** The response that begins at {@code start}, closed; may be empty. Never throws. */
  public static byte[] mendResponse(byte[] bytes, int start, int end) {
    return new Mender(bytes, start, end, true).mend(start);
  }

  private byte[] mend(int start) {
    int keyStart = -1;
    int keyEnd = -1;
    boolean afterColon = false;
    while (at < end) {
      byte b = bytes[at];
      switch (b) {
        case '{', '[' -> {
          String key = afterColon ? key(keyStart, keyEnd) : "";
          boolean isPart = atomicParts && depth > 0 && parts[depth - 1];
          if (atomicWhole < 0 && (isPart || ATOMIC.contains(key))) {
            atomicWhole = whole;
            atomicDepth = depth;
          }
          push(b == '{' ? (byte) '}' : (byte) ']', b == '[' && key.equals("parts"));
          at++;
          afterColon = false;
          mark();
        }
        case '}', ']' -> {
          if (depth == 0) {
            return closed(start);
          }
          depth--;
          at++;
          if (depth == atomicDepth) {
            atomicWhole = -1;
          }
          mark();
        }
        case '"' -> {
          int from = at;
          boolean isKey = depth > 0 && open[depth - 1] == '}' && !afterColon;
          int cut = string();
          if (cut >= 0) {
            if (!isKey
                && keyStart >= 0
                && atomicWhole < 0
                && GROWING.contains(key(keyStart, keyEnd))) {
              return closedString(start, cut);
            }
            return closed(start);
          }
          if (isKey) {
            keyStart = from + 1;
            keyEnd = at - 1;
          } else {
            afterColon = false;
            mark();
          }
        }
        case ':' -> {
          afterColon = true;
          at++;
        }
        case ',' -> {
          afterColon = false;
          at++;
        }
        default -> {
          if (b <= ' ' && b >= 0) {
            at++;
          } else if (literal()) {
            afterColon = false;
            mark();
          }
        }
      }
    }
    return closed(start);
  }

  private void push(byte bracket, boolean isParts) {
    if (depth == open.length) {
      open = Arrays.copyOf(open, depth * 2);
      parts = Arrays.copyOf(parts, depth * 2);
    }
    parts[depth] = isParts;
    open[depth++] = bracket;
  }

  private void mark() {
    whole = at;
    wholeDepth = depth;
  }

  /** Passes a number or word; false when the end may have cut it. */
  private boolean literal() {
    while (at < end) {
      byte b = bytes[at];
      if (b == ',' || b == '}' || b == ']' || b == ':' || (b <= ' ' && b >= 0)) {
        return true;
      }
      at++;
    }
    return false;
  }

  /**
   * Passes a string.
   *
   * @return -1, or when the end cuts the string, where its last whole character ends
   */
  private int string() {
    at++;
    int last = at;
    while (at < end) {
      if (bytes[at] == '"') {
        at++;
        return -1;
      }
      int size = Characters.length(bytes, at, end);
      if (size == 0) {
        at = end;
        return last;
      }
      at += size;
      last = at;
    }
    return last;
  }

  private String key(int from, int to) {
    if (from < 0) {
      return "";
    }
    return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private byte[] closedString(int start, int cut) {
    byte[] out = Arrays.copyOfRange(bytes, start, cut + 1 + depth);
    out[cut - start] = '"';
    return brackets(out, cut - start + 1, depth);
  }

  private byte[] closed(int start) {
    if (atomicWhole >= 0) {
      whole = atomicWhole;
      // Before a field's value the document is whole as deep as the object that has the field.
      wholeDepth = atomicDepth;
    }
    return brackets(
        Arrays.copyOfRange(bytes, start, whole + wholeDepth), whole - start, wholeDepth);
  }

  private byte[] brackets(byte[] out, int from, int count) {
    for (int i = 0; i < count; i++) {
      out[from + i] = open[count - 1 - i];
    }
    return out;
  }
}
