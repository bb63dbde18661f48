package io.sidetrace.llm.spi;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Moves over JSON values; {@link Json} reads them. */
abstract sealed class Cursor permits Json {
  private static final int NONE = 0;
  static final int SCALAR = 1;

  final Scanner scanner;

  /** What the value this stands on begins with: a bracket, a quote, or {@link #SCALAR}. */
  int kind = NONE;

  /** Where it begins. */
  int start;

  /** It was passed, or entered and left. */
  boolean passed = true;

  /** The container was entered and none of its children read yet. */
  private boolean fresh;

  Cursor(byte[] bytes, int start, int end) {
    scanner = new Scanner(bytes, start, end);
  }

  /** Moves to the next value of a sequence of documents; false at the end. */
  public final boolean nextRoot() throws IOException {
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
  public final boolean object() throws IOException {
    return enter('{');
  }

  /** Enters the array this stands on; else skips the value and says false. */
  public final boolean array() throws IOException {
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

  public final boolean isObject() {
    return kind == '{';
  }

  public final boolean isArray() {
    return kind == '[';
  }

  public final boolean isString() {
    return kind == '"';
  }

  public final boolean isNumber() {
    byte b = kind == SCALAR ? scanner.bytes[start] : 0;
    return b == '-' || (b >= '0' && b <= '9');
  }

  public final boolean isNull() {
    return kind == SCALAR && scanner.bytes[start] == 'n';
  }

  /** Moves to the next field's value and returns its name; null at the end of the object. */
  public final @Nullable String field() throws IOException {
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

  final String name() throws IOException {
    int from = scanner.at + 1;
    int found = Quotes.find(scanner.bytes, from, scanner.end);
    if (found < scanner.end && scanner.bytes[found] == '"') {
      scanner.at = found + 1;
      return Names.of(scanner.bytes, from, found);
    }
    return scanner.content(scanner.at);
  }

  /** Moves to the next element; false at the end of the array. */
  public final boolean element() throws IOException {
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
  public final void skip() throws IOException {
    if (!passed) {
      scanner.at = start;
      scanner.value();
      passed = true;
    }
  }

  /** Where the value this stands on begins; for {@link Json#rawSince}. */
  public final int mark() {
    return start;
  }

  /** Index after the value this stands on or has just read, which is consumed. */
  public final int end() throws IOException {
    skip();
    return scanner.at;
  }
}
