package io.sidetrace.llm.spi;

import java.nio.charset.StandardCharsets;

/**
 * Finds where JSON values end, in bytes. What is skipped is passed over eight bytes at a time and
 * checked no further than that its brackets match; so that most of a body, which is text that goes
 * on as it came, costs next to nothing.
 *
 * <p>jackson-core looks at each character of each value, wanted or not: for the exchanges of {@code
 * DecodeBenchmark} that alone is more than half of what a tree of them takes.
 */
final class Scanner {
  private static final int CHECKED_DEPTH = 64;

  final byte[] bytes;
  final int end;
  int at;

  Scanner(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    this.at = start;
    this.end = end;
  }

  /** The next byte that is not white space, which is not passed; -1 at the end. */
  int peek() {
    while (at < end) {
      byte b = bytes[at];
      if (b > ' ' || b < 0) {
        return b & 0xff;
      }
      at++;
    }
    return -1;
  }

  void expect(char c) throws MalformedJson {
    if (peek() != c) {
      throw malformed("no '" + c + "'");
    }
    at++;
  }

  MalformedJson malformed(String what) {
    return new MalformedJson(at >= end ? "the document breaks off" : what, at);
  }

  /** Passes the value that begins here. */
  void value() throws MalformedJson {
    int first = peek();
    switch (first) {
      case '{', '[' -> container();
      case '"' -> string();
      default -> scalar();
    }
  }

  private void container() throws MalformedJson {
    long objects = 0; // of the outermost 64 brackets, which are braces
    int depth = 0;
    do {
      int next = peek();
      switch (next) {
        case '{', '[' -> {
          if (depth < CHECKED_DEPTH) {
            objects = objects << 1 | (next == '{' ? 1 : 0);
          }
          depth++;
          at++;
        }
        case '}', ']' -> {
          if (depth <= CHECKED_DEPTH) {
            if ((objects & 1) != (next == '}' ? 1 : 0)) {
              throw malformed("brackets do not match");
            }
            objects >>>= 1;
          }
          depth--;
          at++;
        }
        case '"' -> string();
        case ',', ':' -> at++;
        case -1 -> throw malformed("nothing");
        default -> scalar();
      }
    } while (depth > 0);
  }

  /** Passes a string; {@link #at} stands on its first quote. */
  void string() throws MalformedJson {
    int from = at + 1;
    while (true) {
      int found = Quotes.find(bytes, from, end);
      if (found >= end) {
        at = end;
        throw malformed("no quote");
      }
      if (bytes[found] == '"') {
        at = found + 1;
        return;
      }
      from = found + 2;
    }
  }

  /** Passes a number or a word. */
  void scalar() throws MalformedJson {
    int from = at;
    while (at < end && isScalar(bytes[at])) {
      at++;
    }
    if (at == from || !isKnown(from)) {
      throw malformed("no value");
    }
  }

  private static boolean isScalar(byte b) {
    return (b >= '0' && b <= '9')
        || (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || b == '-'
        || b == '+'
        || b == '.';
  }

  /** A number by its first character, or one of the words, Python's among them. */
  private boolean isKnown(int from) {
    int length = at - from;
    return switch (bytes[from]) {
      case 't', 'n' -> length == 4;
      case 'f' -> length == 5;
      case 'N' -> length == 3;
      case 'I' -> length == 8;
      default -> bytes[from] == '-' || (bytes[from] >= '0' && bytes[from] <= '9');
    };
  }

  String text(int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }

  /** The content of the string whose first quote stands at {@code start}, which is passed. */
  String content(int start) throws MalformedJson {
    at = start;
    int found = Quotes.find(bytes, start + 1, end);
    if (found < end && bytes[found] == '"') {
      at = found + 1;
      return text(start + 1, found);
    }
    string();
    return unescaped(start + 1, at - 1, found);
  }

  private String unescaped(int from, int to, int firstEscape) throws MalformedJson {
    StringBuilder out = new StringBuilder(to - from);
    int run = from;
    int escape = firstEscape;
    while (escape < to) {
      out.append(text(run, escape));
      run = escape + escape(escape, to, out);
      escape = Quotes.find(bytes, run, to);
    }
    return out.append(text(Math.min(run, to), to)).toString();
  }

  /** Appends what the escape at {@code i} stands for and returns its length. */
  private int escape(int i, int to, StringBuilder out) throws MalformedJson {
    char c = (char) (bytes[i + 1] & 0xff);
    switch (c) {
      case 'n' -> out.append('\n');
      case 't' -> out.append('\t');
      case 'r' -> out.append('\r');
      case 'b' -> out.append('\b');
      case 'f' -> out.append('\f');
      case '"', '\\', '/' -> out.append(c);
      case 'u' -> {
        if (i + 6 > to) {
          throw malformed("half an escape");
        }
        out.append((char) hex(i + 2));
        return 6;
      }
      default -> throw malformed("an unknown escape");
    }
    return 2;
  }

  private int hex(int from) throws MalformedJson {
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = Character.digit(bytes[i], 16);
      if (digit < 0) {
        throw malformed("no hexadecimal digit");
      }
      value = value << 4 | digit;
    }
    return value;
  }
}
