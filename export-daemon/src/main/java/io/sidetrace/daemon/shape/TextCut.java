package io.sidetrace.daemon.shape;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/**
 * Shortens a text to a number of bytes, leaving a mark a reader can see. JSON stays JSON: its long
 * strings are shortened, the longest first, since a cut through its middle could not be rendered.
 */
final class TextCut {
  private static final int SHORTEST_LEAF = 256;

  private final JsonFactory json = new JsonFactory();
  private final int maxBytes;

  TextCut(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  boolean fits(@Nullable String text) {
    // A char is at most three bytes of UTF-8: most texts are decided without counting.
    return text == null || text.length() <= maxBytes / 3 || utf8Length(text) <= maxBytes;
  }

  String cut(String text) {
    if (fits(text)) {
      return text;
    }
    if (text.startsWith("{") || text.startsWith("[")) {
      for (int leaf = maxBytes / 4; leaf >= SHORTEST_LEAF; leaf /= 4) {
        String shorter = withShortLeaves(text, leaf);
        if (shorter == null) {
          break;
        }
        if (fits(shorter)) {
          return shorter;
        }
      }
    }
    return shorten(text, maxBytes - 100);
  }

  /** Null if the text is no JSON after all. */
  private @Nullable String withShortLeaves(String text, int maxLeaf) {
    StringWriter out = new StringWriter(maxBytes);
    try (JsonParser from = json.createParser(text);
        JsonGenerator to = json.createGenerator(out)) {
      for (JsonToken token = from.nextToken(); token != null; token = from.nextToken()) {
        if (token == JsonToken.VALUE_STRING && from.getTextLength() > maxLeaf) {
          to.writeString(shorten(from.getText(), maxLeaf));
        } else {
          to.copyCurrentEvent(from);
        }
      }
    } catch (IOException e) {
      return null;
    }
    return out.toString();
  }

  private static String shorten(String text, int keepBytes) {
    int end = 0;
    int bytes = 0;
    while (end < text.length()) {
      int point = text.codePointAt(end);
      bytes += utf8Length(point);
      if (bytes > keepBytes) {
        break;
      }
      end += Character.charCount(point);
    }
    return text.substring(0, end)
        + "… [cut by sidetrace: "
        + (text.length() - end)
        + " of "
        + text.length()
        + " characters]";
  }

  private static long utf8Length(String text) {
    return text.codePoints().mapToLong(TextCut::utf8Length).sum();
  }

  private static int utf8Length(int point) {
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
}
