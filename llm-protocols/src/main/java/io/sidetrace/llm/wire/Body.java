package io.sidetrace.llm.wire;

import io.sidetrace.llm.Chunks;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A body without its content encodings and its byte order mark, with the road back from its bytes
 * to the chunks they came in.
 */
public final class Body {
  public final byte[] bytes;
  public final int start;
  public final int end;

  /** Some of the body is missing: the encoding broke off, was corrupt, or passed the bound. */
  public final boolean cut;

  /** The encoding that could not be read; null when all could. */
  public final @Nullable String opaque;

  private final Chunks chunks;

  /** For each chunk, how many decoded bytes there were once it had been read; null when plain. */
  private final int @Nullable [] decodedEnds;

  private Body(
      byte[] bytes,
      boolean cut,
      @Nullable String opaque,
      Chunks chunks,
      int @Nullable [] decodedEnds) {
    this.bytes = bytes;
    this.start = startsWithMark(bytes) ? 3 : 0;
    this.end = bytes.length;
    this.cut = cut;
    this.opaque = opaque;
    this.chunks = chunks;
    this.decodedEnds = decodedEnds;
  }

  /**
   * Takes off the content encodings. An encoding the header names but the bytes do not have, or
   * gzip that no header names, is what capture beneath or above a client's decompression looks
   * like: the bytes decide.
   *
   * @param maxBytes decoded bytes beyond are cut
   */
  public static Body of(byte[] wire, @Nullable String encoding, Chunks chunks, int maxBytes) {
    String[] encodings =
        encoding == null ? new String[0] : encoding.toLowerCase(Locale.ROOT).split(",", 4);
    Body body = new Body(wire, false, null, chunks, null);
    for (int i = encodings.length - 1; i >= 0; i--) {
      String name = encodings[i].strip();
      if (name.isEmpty() || name.equals("identity") || name.equals("aws-chunked")) {
        continue;
      }
      if (!name.equals("gzip") && !name.equals("x-gzip") && !name.equals("deflate")) {
        boolean plain = looksPlain(body.bytes, body.start);
        return plain ? body : new Body(body.bytes, body.cut, name, chunks, body.decodedEnds);
      }
      body = body.inflated(maxBytes);
    }
    return Inflation.isGzip(body.bytes) ? body.inflated(maxBytes) : body;
  }

  private Body inflated(int maxBytes) {
    Inflation inflation = Inflation.of(bytes, ends(), maxBytes);
    if (inflation == null) {
      return this;
    }
    return new Body(inflation.bytes, cut || inflation.cut, opaque, chunks, inflation.decodedEnds);
  }

  /** Where each chunk ends in {@link #bytes}. */
  private int[] ends() {
    if (decodedEnds != null) {
      return decodedEnds;
    }
    int[] ends = new int[chunks.size()];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = Math.min(i + 1 < ends.length ? chunks.offset(i + 1) : bytes.length, bytes.length);
    }
    return ends;
  }

  /**
   * When the bytes before {@code position} had all arrived, in microseconds after the call's start;
   * null when nobody took the time.
   */
  public @Nullable Long arrivalMicros(int position) {
    if (chunks.size() == 0) {
      return null;
    }
    if (decodedEnds == null) {
      return chunks.micros(chunks.indexOf(Math.max(0, position - 1)));
    }
    int at = Arrays.binarySearch(decodedEnds, position);
    if (at < 0) {
      at = Math.min(-at - 1, decodedEnds.length - 1);
    }
    while (at > 0 && decodedEnds[at - 1] >= position) {
      at--;
    }
    return chunks.micros(at);
  }

  public int length() {
    return end - start;
  }

  /** The first byte that is not white space; -1 when there is none. */
  public int firstByte() {
    for (int i = start; i < end; i++) {
      if (bytes[i] > ' ' || bytes[i] < 0) {
        return bytes[i] & 0xff;
      }
    }
    return -1;
  }

  public String text() {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  private static boolean startsWithMark(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }

  private static boolean looksPlain(byte[] bytes, int start) {
    int length = Math.min(bytes.length - start, 64);
    if (length == 0) {
      return true;
    }
    String head = new String(bytes, start, length, StandardCharsets.ISO_8859_1).stripLeading();
    return head.startsWith("{")
        || head.startsWith("[")
        || head.startsWith("data:")
        || head.startsWith("event:")
        || head.startsWith(": ");
  }
}
