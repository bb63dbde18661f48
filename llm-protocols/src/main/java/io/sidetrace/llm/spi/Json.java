package io.sidetrace.llm.spi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A forgiving cursor over UTF-8 JSON. It stands on a value; each call that reads a value consumes
 * it, and what is not of the expected kind is skipped, so that a null where an object should be
 * costs one field and not the document.
 *
 * <pre>{@code
 * if (json.object()) {
 *   for (String name; (name = json.field()) != null; ) {
 *     switch (name) {
 *       case "id" -> id = json.text();
 *       default -> {} // field() skips what was not read
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>After {@link #object()} or {@link #array()} said true, the loop must run to its end.
 */
public final class Json implements AutoCloseable {
  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          // Bodies are bounded by the capture; a long string in them is no attack.
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .build();

  private final JsonParser parser;
  private final byte[] bytes;
  private final int start;
  private final int end;

  /** The container was entered and none of its children read yet. */
  private boolean fresh;

  private Json(JsonParser parser, byte[] bytes, int start, int end) {
    this.parser = parser;
    this.bytes = bytes;
    this.start = start;
    this.end = end;
  }

  /** Stands before the first value of {@code bytes[start, end)}; call {@link #nextRoot()}. */
  public static Json of(byte[] bytes, int start, int end) throws IOException {
    return new Json(FACTORY.createParser(bytes, start, end - start), bytes, start, end);
  }

  /** Stands before the first value of {@code text}; call {@link #nextRoot()}. */
  public static Json of(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return of(bytes, 0, bytes.length);
  }

  /** True when {@code text} is exactly one JSON value. */
  public static boolean isWhole(String text) {
    try (Json json = of(text)) {
      if (!json.nextRoot()) {
        return false;
      }
      json.skip();
      return !json.nextRoot();
    } catch (IOException broken) {
      return false;
    }
  }

  /** Moves to the next value of a sequence of documents; false at the end. */
  public boolean nextRoot() throws IOException {
    skip();
    return parser.nextToken() != null;
  }

  /** Enters the object this stands on; else skips the value and says false. */
  public boolean object() throws IOException {
    return enter(JsonToken.START_OBJECT);
  }

  /** Enters the array this stands on; else skips the value and says false. */
  public boolean array() throws IOException {
    return enter(JsonToken.START_ARRAY);
  }

  public boolean isObject() {
    return parser.hasToken(JsonToken.START_OBJECT);
  }

  public boolean isArray() {
    return parser.hasToken(JsonToken.START_ARRAY);
  }

  public boolean isString() {
    return parser.hasToken(JsonToken.VALUE_STRING);
  }

  public boolean isNumber() {
    JsonToken token = parser.currentToken();
    return token != null && token.isNumeric();
  }

  public boolean isNull() {
    return parser.hasToken(JsonToken.VALUE_NULL);
  }

  /** True when this stands on an integer greater than {@code limit}, which is not consumed. */
  public boolean isNumberAbove(int limit) throws IOException {
    return parser.hasToken(JsonToken.VALUE_NUMBER_INT) && number(0) > limit;
  }

  private boolean enter(JsonToken token) throws IOException {
    if (parser.hasToken(token)) {
      fresh = true;
      return true;
    }
    skip();
    return false;
  }

  /** Moves to the next field's value and returns its name; null at the end of the object. */
  public @Nullable String field() throws IOException {
    leaveChild();
    String name = parser.nextFieldName();
    if (name != null) {
      parser.nextToken();
      return name;
    }
    return null;
  }

  /** Moves to the next element; false at the end of the array. */
  public boolean element() throws IOException {
    leaveChild();
    JsonToken token = parser.nextToken();
    return token != null && token != JsonToken.END_ARRAY;
  }

  private void leaveChild() throws IOException {
    if (fresh) {
      fresh = false;
    } else {
      skip();
    }
  }

  /** Skips the value this stands on; nothing when it was read already. */
  public void skip() throws IOException {
    parser.skipChildren();
  }

  /** The scalar as text; null for null, objects and arrays. */
  public @Nullable String text() throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null || !token.isScalarValue() || token == JsonToken.VALUE_NULL) {
      skip();
      return null;
    }
    return token == JsonToken.VALUE_STRING ? string() : parser.getText();
  }

  /**
   * A string's characters. Nearly all have no escapes and are cut from the bytes as they are, which
   * is several times faster than Jackson's way, character by character.
   */
  private String string() throws IOException {
    int from = mark() + 1;
    int to = Quotes.plainEnd(bytes, from, end);
    return to < 0 ? parser.getText() : new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /** What is known already, without reading it again; else the scalar as text, null if empty. */
  public @Nullable String textUnless(@Nullable String known) throws IOException {
    if (known != null) {
      skip();
      return known;
    }
    return textOr(null);
  }

  /** The scalar as text if it is not empty, else {@code old}. */
  public @Nullable String textOr(@Nullable String old) throws IOException {
    String text = text();
    return text == null || text.isEmpty() ? old : text;
  }

  /**
   * Appends a string's characters.
   *
   * @return how many; -1 when the value is no string
   */
  public int appendTo(StringBuilder to) throws IOException {
    if (!isString()) {
      skip();
      return -1;
    }
    String text = string();
    to.append(text);
    return text.length();
  }

  /**
   * Appends a string's characters.
   *
   * @return how many; -1 when the value is no string
   */
  public int appendTo(Text to) throws IOException {
    if (!isString()) {
      skip();
      return -1;
    }
    String text = string();
    to.append(text);
    return text.length();
  }

  /** A number, or a string that holds one, cut to an integer; else {@code otherwise}. */
  public long number(long otherwise) throws IOException {
    try {
      if (parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
        return parser.getLongValue();
      }
      double value = decimal(Double.NaN);
      return Double.isFinite(value) ? (long) value : otherwise;
    } catch (InputCoercionException beyondLong) {
      return otherwise;
    }
  }

  /** A number, or a string that holds one; else {@code otherwise}. */
  public double decimal(double otherwise) throws IOException {
    String text = text();
    if (text == null || text.length() > 40) {
      return otherwise;
    }
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException notANumber) {
      return otherwise;
    }
  }

  /** True for {@code true} and the string {@code "true"}. */
  public boolean flag() throws IOException {
    return "true".equalsIgnoreCase(text());
  }

  /** The value as JSON text, byte for byte as it was sent. */
  public String raw() throws IOException {
    int from = mark();
    return rawSince(from);
  }

  /** Like {@link #raw()}, but null for {@code null}. */
  public @Nullable String rawOrNull() throws IOException {
    return isNull() ? null : raw();
  }

  /** A second cursor over {@code bytes[from, to)} of the same body; call {@link #nextRoot()}. */
  public Json again(int from, int to) throws IOException {
    return of(bytes, from, to);
  }

  /** A string's content, or any other value's JSON text; null for null. */
  public @Nullable String textOrRaw() throws IOException {
    return isObject() || isArray() ? raw() : text();
  }

  /** Where the value this stands on begins; for {@link #rawSince}. */
  public int mark() throws IOException {
    return at(parser.currentTokenLocation().getByteOffset());
  }

  /** JSON text from {@code mark} to the end of the value this stands on or has just read. */
  public String rawSince(int mark) throws IOException {
    int end = end();
    return new String(bytes, mark, Math.max(0, end - mark), StandardCharsets.UTF_8);
  }

  /** Like {@link #rawSince}, but the text is only made when it is asked for. */
  public Slice sliceSince(int mark) throws IOException {
    return new Slice(bytes, mark, Math.max(mark, end()));
  }

  /** Index after the value this stands on or has just read, which is consumed. */
  public int end() throws IOException {
    skip();
    parser.finishToken();
    return at(parser.currentLocation().getByteOffset());
  }

  private int at(long offset) throws IOException {
    if (offset < 0 || start + offset > bytes.length) {
      // UTF-16 or UTF-32, which Jackson detects: RFC 8259 8.1 demands UTF-8.
      throw new JsonParseException(parser, "JSON is not in UTF-8");
    }
    return (int) (start + offset);
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
