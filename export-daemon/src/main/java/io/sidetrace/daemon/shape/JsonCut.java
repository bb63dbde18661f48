package io.sidetrace.daemon.shape;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes JSON shorter that stays JSON. */
final class JsonCut {
  private JsonCut() {}

  /** How a token goes from one text to the other. */
  private interface Step {
    void copy(JsonToken token, JsonParser from, JsonGenerator to) throws IOException;
  }

  /**
   * Shortens strings, names and numbers to {@code maxBytes} each.
   *
   * @return null if the text is no JSON
   */
  static @Nullable String withLeaves(String text, int maxBytes) {
    return rewrite(
        text,
        (token, from, to) -> {
          String leaf = from.getText();
          boolean fits = TextCut.utf8Length(leaf) <= maxBytes;
          if (fits || token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
            write(token, fits ? leaf : TextCut.shorten(leaf, maxBytes), to);
          } else {
            to.writeString(TextCut.shorten(leaf, maxBytes));
          }
        });
  }

  /** The same without the middle of objects and arrays that have more than {@code max} members. */
  static @Nullable String withItems(String text, int max) {
    List<Integer> sizes = sizes(text);
    return sizes == null ? null : rewrite(text, new Thinning(sizes, max));
  }

  static String quoted(String text) {
    return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
  }

  private static @Nullable String rewrite(String text, Step step) {
    StringWriter out = new StringWriter(text.length() / 2);
    try (JsonParser from = JsonText.parser(text);
        JsonGenerator to = JsonText.generator(out)) {
      for (JsonToken token = from.nextToken(); token != null; token = from.nextToken()) {
        step.copy(token, from, to);
      }
    } catch (IOException e) {
      return null;
    }
    return out.toString();
  }

  private static void write(JsonToken token, String text, JsonGenerator to) throws IOException {
    switch (token) {
      case START_OBJECT -> to.writeStartObject();
      case END_OBJECT -> to.writeEndObject();
      case START_ARRAY -> to.writeStartArray();
      case END_ARRAY -> to.writeEndArray();
      case FIELD_NAME -> to.writeFieldName(text);
      case VALUE_STRING -> to.writeString(text);
      default -> to.writeRawValue(text); // digits as they were written
    }
  }

  /** How many members each object and array has, in the order of their beginnings. */
  private static @Nullable List<Integer> sizes(String text) {
    List<Integer> sizes = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>();
    try (JsonParser from = JsonText.parser(text)) {
      for (JsonToken token = from.nextToken(); token != null; token = from.nextToken()) {
        Integer outer = open.peek();
        if (outer != null && (token.isStructStart() || token.isScalarValue())) {
          sizes.set(outer, sizes.get(outer) + 1);
        }
        if (token.isStructStart()) {
          open.push(sizes.size());
          sizes.add(0);
        } else if (token.isStructEnd()) {
          open.pop();
        }
      }
      return sizes;
    } catch (IOException e) {
      return null;
    }
  }

  /** Leaves members out; what lies in them is counted past, so that the sizes stay in step. */
  private static final class Thinning implements Step {
    private final List<Integer> sizes;
    private final int max;
    private final Deque<int[]> open = new ArrayDeque<>(); // size, members seen
    private int begun;

    Thinning(List<Integer> sizes, int max) {
      this.sizes = sizes;
      this.max = max;
    }

    @Override
    public void copy(JsonToken token, JsonParser from, JsonGenerator to) throws IOException {
      int[] outer = open.peek();
      boolean member = outer != null && !token.isStructEnd() && token != JsonToken.FIELD_NAME;
      if (outer != null && token == JsonToken.FIELD_NAME && isLeftOut(outer)) {
        return;
      }
      if (member && isLeftOut(outer)) {
        if (isFirstLeftOut(outer)) {
          mark(outer, to);
        }
        outer[1]++;
        skip(token, from);
        return;
      }
      if (member) {
        outer[1]++;
      }
      if (token.isStructStart()) {
        open.push(new int[] {sizes.get(begun++), 0});
      } else if (token.isStructEnd()) {
        open.pop();
      }
      write(token, from.getText(), to);
    }

    private boolean isLeftOut(int[] of) {
      return of[0] > max && of[1] >= max - max / 3 && of[1] < of[0] - max / 3;
    }

    private boolean isFirstLeftOut(int[] of) {
      return of[1] == max - max / 3;
    }

    private void mark(int[] of, JsonGenerator to) throws IOException {
      if (to.getOutputContext().inObject()) {
        to.writeFieldName("…");
      }
      to.writeString("[cut by sidetrace: " + (of[0] - max) + " of " + of[0] + " members]");
    }

    private void skip(JsonToken token, JsonParser from) throws IOException {
      if (!token.isStructStart()) {
        return;
      }
      begun++;
      for (int depth = 1; depth > 0; ) {
        JsonToken next = from.nextToken();
        if (next == null) {
          return;
        }
        if (next.isStructStart()) {
          begun++;
          depth++;
        } else if (next.isStructEnd()) {
          depth--;
        }
      }
    }
  }
}
