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
public final class Json {
  private static final int NONE = 0;
  private static final int SCALAR = 1;

  private final Scanner scanner;

  /** What the value this stands on begins with: a bracket, a quote, or {@link #SCALAR}. */
  private int kind = NONE;

  /** Where it begins. */
  private int start;

  /** It was passed, or entered and left. */
  private boolean passed = true;

  /** The container was entered and none of its children read yet. */
  private boolean fresh;

  private Json(byte[] bytes, int start, int end) {
    scanner = new Scanner(bytes, start, end);
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

  /** Moves to the next value of a sequence of documents; false at the end. */
  public boolean nextRoot() throws IOException {
    skip();
    if (scanner.peek() < 0) {
      kind = NONE;
      return false;
    }
    stand();
    return true;
  }

  private void stand() throws IOException {
    int first = scanner.peek();
    kind =
        switch (first) {
          case '{', '[', '"' -> first;
          case -1, '}', ']', ',', ':' -> throw scanner.malformed("no value");
          default -> SCALAR;
        };
    start = scanner.at;
    passed = false;
    if (kind == SCALAR) {
      scanner.scalar();
      passed = true;
    }
  }

  /** Enters the object this stands on; else skips the value and says false. */
  public boolean object() throws IOException {
    return enter('{');
  }

  /** Enters the array this stands on; else skips the value and says false. */
  public boolean array() throws IOException {
    return enter('[');
  }

  private boolean enter(char bracket) throws IOException {
    if (kind == bracket && !passed) {
      scanner.at = start + 1;
      passed = true;
      fresh = true;
      return true;
    }
    skip();
    return false;
  }

  public boolean isObject() {
    return kind == '{';
  }

  public boolean isArray() {
    return kind == '[';
  }

  public boolean isString() {
    return kind == '"';
  }

  public boolean isNumber() {
    byte b = kind == SCALAR ? scanner.bytes[start] : 0;
    return b == '-' || (b >= '0' && b <= '9');
  }

  public boolean isNull() {
    return kind == SCALAR && scanner.bytes[start] == 'n';
  }

  /** True when this stands on an integer greater than {@code limit}. */
  public boolean isNumberAbove(int limit) throws IOException {
    return isNumber() && number(0) > limit;
  }

  /** Moves to the next field's value and returns its name; null at the end of the object. */
  public @Nullable String field() throws IOException {
    if (!advance('}')) {
      return null;
    }
    if (scanner.peek() != '"') {
      throw scanner.malformed("no name");
    }
    String name = name();
    scanner.expect(':');
    stand();
    return name;
  }

  private String name() throws IOException {
    int from = scanner.at + 1;
    int found = Quotes.find(scanner.bytes, from, scanner.end);
    if (found < scanner.end && scanner.bytes[found] == '"') {
      scanner.at = found + 1;
      return Names.of(scanner.bytes, from, found);
    }
    return scanner.content(scanner.at);
  }

  /** Moves to the next element; false at the end of the array. */
  public boolean element() throws IOException {
    if (!advance(']')) {
      return false;
    }
    stand();
    return true;
  }

  /** Moves behind the comma before the next child; false when the container is closed. */
  private boolean advance(char closing) throws IOException {
    boolean first = fresh;
    if (first) {
      fresh = false;
    } else {
      skip();
    }
    int next = scanner.peek();
    if (next == closing) {
      scanner.at++;
      kind = NONE;
      passed = true;
      return false;
    }
    if (!first) {
      scanner.expect(',');
    }
    return true;
  }

  /** Skips the value this stands on; nothing when it was read already. */
  public void skip() throws IOException {
    if (!passed) {
      scanner.at = start;
      scanner.value();
      passed = true;
    }
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

  /** Where the value this stands on begins; for {@link #rawSince}. */
  public int mark() {
    return start;
  }

  /** JSON text from {@code mark} to the end of the value this stands on or has just read. */
  public String rawSince(int mark) throws IOException {
    return scanner.text(mark, end());
  }

  /** Like {@link #rawSince}, but the text is only made when it is asked for. */
  public Slice sliceSince(int mark) throws IOException {
    return new Slice(scanner.bytes, mark, end());
  }

  /** Index after the value this stands on or has just read, which is consumed. */
  public int end() throws IOException {
    skip();
    return scanner.at;
  }
}
