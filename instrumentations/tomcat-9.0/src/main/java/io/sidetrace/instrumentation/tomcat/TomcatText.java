package io.sidetrace.instrumentation.tomcat;

import java.nio.charset.StandardCharsets;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.buf.MessageBytes;
import org.jspecify.annotations.Nullable;

/**
 * Reads Tomcat's text without touching it. {@code MessageBytes.toString()} turns the bytes into a
 * string for good in early 10.1, and Tomcat then leaves out the decoding and normalising of the
 * path.
 */
final class TomcatText {

  private TomcatText() {}

  static @Nullable String of(@Nullable MessageBytes text) {
    if (text == null) {
      return null;
    }
    return switch (text.getType()) {
      case MessageBytes.T_STR -> text.getString();
      case MessageBytes.T_BYTES -> string(text.getByteChunk());
      case MessageBytes.T_CHARS -> text.getCharChunk().toString();
      default -> null;
    };
  }

  private static String string(ByteChunk bytes) {
    return new String(
        bytes.getBuffer(), bytes.getStart(), bytes.getLength(), StandardCharsets.ISO_8859_1);
  }
}
