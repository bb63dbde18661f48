package io.sidetrace.llm.spi;

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
public final class Json extends Cursor {

  private Json(byte[] bytes, int start, int end) {
    super(bytes, start, end);
  }

  /** Stands before the first value of {@code bytes[start, end)}; call {@link #nextRoot()}. */
  public static Json of(byte[] bytes, int start, int end) {
    return new Json(bytes, start, end);
  }

  /** Stands before the first value of {@code text}; call {@link #nextRoot()}. */
  public static Json of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return of(bytes, 0, bytes.length);
  }

  /** A second cursor over {@code bytes[from, to)} of the same body; call {@link #nextRoot()}. */
  public Json again(int from, int to) {
    return of(scanner.bytes, from, to);
  }

  /** The scalar as text; null for null, objects and arrays. */
  public @Nullable String text() throws IOException {
    if (kind == '"') {
      return string();
    }
    skip();
    return kind != SCALAR || isNull() ? null : scanner.text(start, scanner.at);
  }

  private String string() throws IOException {
    String content = scanner.content(start);
    passed = true;
    return content;
  }

  /** Like {@link #text()}, for values of which a protocol has few, such as types of events. */
  public @Nullable String word() throws IOException {
    if (kind != '"') {
      return text();
    }
    scanner.at = start;
    passed = true;
    return name();
  }

  /** What is known already, without reading it again; else the scalar as text, null if empty. */
  public @Nullable String textUnless(@Nullable String known) throws IOException {
    return known != null ? known : textOr(null);
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
    if (kind == SCALAR && scanner.at - start <= 18) {
      long value = 0;
      int i = start;
      for (; i < scanner.at && scanner.bytes[i] >= '0' && scanner.bytes[i] <= '9'; i++) {
        value = value * 10 + scanner.bytes[i] - '0';
      }
      if (i == scanner.at) {
        return value;
      }
    }
    double value = decimal(Double.NaN);
    return Double.isFinite(value) && Math.abs(value) < Long.MAX_VALUE ? (long) value : otherwise;
  }

  /** True when this stands on an integer greater than {@code limit}. */
  public boolean isNumberAbove(int limit) throws IOException {
    return isNumber() && number(0) > limit;
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

  /** A string's content, or any other value's JSON text; null for null. */
  public @Nullable String textOrRaw() throws IOException {
    return isObject() || isArray() ? raw() : text();
  }

  /** JSON text from {@code mark} to the end of the value this stands on or has just read. */
  public String rawSince(int mark) throws IOException {
    return scanner.text(mark, end());
  }

  /** Like {@link #rawSince}, but the text is only made when it is asked for. */
  public Slice sliceSince(int mark) throws IOException {
    return new Slice(scanner.bytes, mark, end());
  }
}
