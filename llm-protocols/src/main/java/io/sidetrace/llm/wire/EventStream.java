package io.sidetrace.llm.wire;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;

/**
 * Amazon's event stream, {@code application/vnd.amazon.eventstream}. All numbers are big-endian:
 *
 * <pre>
 * message := total length u32 · headers length u32 · CRC-32 of these 8 bytes
 *            · headers · payload · CRC-32 of all before
 * header  := name length u8 · name · type u8 · value
 * </pre>
 */
public final class EventStream {
  private static final int PRELUDE = 12;
  private static final int TRAILER = 4;

  /** The AWS SDKs refuse more. */
  private static final int MAX_MESSAGE = 24 * 1024 * 1024;

  private EventStream() {}

  /** True when a whole, undamaged prelude stands at {@code start}. */
  public static boolean isIn(byte[] bytes, int start, int end) {
    // No message is as long as one whose first byte is not 0 or 1 would be.
    return end - start >= PRELUDE
        && (bytes[start] & 0xfe) == 0
        && crc(bytes, start, 8) == ByteBuffer.wrap(bytes).getInt(start + 8);
  }

  /**
   * Reads messages until the end or until one is damaged: nothing after it can be trusted to begin
   * where it seems to. The name of an event is its {@code :event-type}; of an exception, {@code !}
   * and its {@code :exception-type}.
   *
   * @return true when the body ended where a message did
   */
  public static boolean read(byte[] bytes, int start, int end, Frames frames) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int at = start;
    while (at < end) {
      if (!isIn(bytes, at, end)) {
        return false;
      }
      int total = in.getInt(at);
      int headers = in.getInt(at + 4);
      if (total < PRELUDE + TRAILER
          || total > MAX_MESSAGE
          || total > end - at
          || headers < 0
          || headers > total - PRELUDE - TRAILER) {
        return false;
      }
      int trailer = at + total - TRAILER;
      if (crc(bytes, at, total - TRAILER) != in.getInt(trailer)) {
        return false;
      }
      int payload = at + PRELUDE + headers;
      frames.frame(
          name(headers(in, at + PRELUDE, payload)), bytes, payload, trailer, trailer + TRAILER);
      at += total;
    }
    return true;
  }

  private static String name(Map<String, String> headers) {
    String type = headers.getOrDefault(":message-type", "event");
    return switch (type) {
      case "exception" -> "!" + headers.getOrDefault(":exception-type", "exception");
      case "error" -> "!" + headers.getOrDefault(":error-code", "error");
      default -> headers.getOrDefault(":event-type", "");
    };
  }

  /** The headers whose values are strings. */
  private static Map<String, String> headers(ByteBuffer in, int start, int end) {
    Map<String, String> headers = new HashMap<>();
    int at = start;
    while (at < end) {
      int nameLength = in.get(at) & 0xff;
      int typeAt = at + 1 + nameLength;
      if (typeAt >= end) {
        break;
      }
      String name = text(in, at + 1, nameLength);
      int type = in.get(typeAt);
      at = typeAt + 1;
      int size =
          switch (type) {
            case 0, 1 -> 0; // true, false
            case 2 -> 1;
            case 3 -> 2;
            case 4 -> 4;
            case 5, 8 -> 8; // long, timestamp
            case 9 -> 16; // UUID
            case 6, 7 -> at + 2 <= end ? 2 + (in.getShort(at) & 0xffff) : end; // bytes, string
            default -> end;
          };
      if (size > end - at) {
        break;
      }
      if (type == 7) {
        headers.put(name, text(in, at + 2, size - 2));
      }
      at += size;
    }
    return headers;
  }

  private static String text(ByteBuffer in, int at, int length) {
    byte[] bytes = new byte[length];
    in.get(at, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static int crc(byte[] bytes, int start, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, start, length);
    return (int) crc.getValue();
  }
}
