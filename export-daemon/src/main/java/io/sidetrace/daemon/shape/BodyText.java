package io.sidetrace.daemon.shape;

import io.sidetrace.event.Event;
import io.sidetrace.event.Slice;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** The text of a captured body, as far as it was captured. */
final class BodyText {
  /** A body that unpacks to more is cut: a small one could fill the memory otherwise. */
  private static final int MAX_UNPACKED = 8 << 20;

  private BodyText() {}

  /**
   * @param size what is known of the whole body
   * @return null if nothing was captured
   */
  static @Nullable String of(
      Slice body, @Nullable String type, @Nullable String encoding, Event.@Nullable BodySize size) {
    if (body.length() == 0) {
      return null;
    }
    Slice plain = unpack(body, encoding);
    if (plain == null) {
      return "[" + body.length() + " bytes in " + encoding + " encoding]";
    }
    String text = decode(plain, charset(type));
    return size != null && size.truncated()
        ? text + "… [captured " + body.length() + " of " + size.size() + " bytes]"
        : text;
  }

  private static @Nullable Slice unpack(Slice body, @Nullable String encoding) {
    InputStream bytes = new ByteArrayInputStream(body.array(), body.offset(), body.length());
    String name = encoding == null ? "identity" : encoding.trim().toLowerCase(Locale.ROOT);
    try {
      return switch (name) {
        case "", "identity" -> body;
        case "gzip", "x-gzip" -> inflate(new GZIPInputStream(bytes));
        case "deflate" -> inflate(new InflaterInputStream(bytes));
        default -> null;
      };
    } catch (IOException e) {
      return null; // not what its header says: told by its size
    }
  }

  private static Slice inflate(InputStream from) {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int n = from.read(buffer); n >= 0 && plain.size() < MAX_UNPACKED; ) {
        plain.write(buffer, 0, n);
        n = from.read(buffer);
      }
    } catch (IOException e) {
      // Cut by the capture bound, mostly: what came out until here is true.
      return Slice.of(plain.toByteArray());
    }
    return Slice.of(plain.toByteArray());
  }

  /** Leaves out a character that the capture bound cut in two. */
  private static String decode(Slice bytes, Charset charset) {
    int length = bytes.length();
    if (charset.equals(StandardCharsets.UTF_8)) {
      length -= cutCharacter(bytes);
    }
    return new String(bytes.array(), bytes.offset(), length, charset);
  }

  private static int cutCharacter(Slice bytes) {
    int end = bytes.offset() + bytes.length();
    for (int back = 1; back <= Math.min(3, bytes.length()); back++) {
      int b = bytes.array()[end - back] & 0xff;
      if (b < 0x80) {
        return 0;
      }
      if (b >= 0xc0) {
        int whole = b >= 0xf0 ? 4 : b >= 0xe0 ? 3 : 2;
        return whole > back ? back : 0;
      }
    }
    return 0;
  }

  private static Charset charset(@Nullable String type) {
    int at = type == null ? -1 : type.toLowerCase(Locale.ROOT).indexOf("charset=");
    if (type == null || at < 0) {
      return StandardCharsets.UTF_8;
    }
    String name = type.substring(at + "charset=".length()).split("[;\\s]", 2)[0].replace("\"", "");
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8; // a name this JDK does not know
    }
  }
}
