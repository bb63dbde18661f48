package io.sidetrace.daemon.shape.mask;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.sidetrace.daemon.shape.JsonText;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through one JSON text and replaces what must not leave; all between stays as it was written.
 * Where the text breaks off, or is no JSON after all, the rest is masked as plain text, or as a
 * whole where paths decide and cannot be followed.
 */
final class JsonMasking {
  /** JSON within strings within JSON; deeper, strings are masked as text. */
  private static final int MAX_DEPTH = 4;

  private final TextMask mask;
  private final List<JsonPath> allow;
  private final List<JsonPath> deny;

  /** An object or array: how far the paths match here, allowed ones first. */
  private static final class Level {
    final long[] states;
    final boolean array;
    String name = "";
    int item;

    Level(long[] states, boolean array) {
      this.states = states;
      this.array = array;
    }
  }

  JsonMasking(TextMask mask, List<JsonPath> allow, List<JsonPath> deny) {
    this.mask = mask;
    this.allow = allow;
    this.deny = deny;
  }

  String run(String text) {
    long[] start = new long[allow.size() + deny.size()];
    Arrays.fill(start, JsonPath.start());
    return run(text, start, 0);
  }

  private String run(String text, long[] start, int depth) {
    Copy copy = new Copy(text);
    try (JsonParser parser = JsonText.parser(text)) {
      Deque<Level> levels = new ArrayDeque<>();
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        Level level = levels.peek();
        switch (token) {
          case END_OBJECT, END_ARRAY -> {
            levels.pop();
            copy.seen(offset(parser));
          }
          case FIELD_NAME -> name(parser, level, copy);
          default -> value(parser, token, states(level, start), levels, copy, depth);
        }
      }
      return copy.finish(text.length());
    } catch (IOException e) {
      String rest = text.substring(copy.seen);
      boolean paths = !allow.isEmpty() || !deny.isEmpty();
      return copy.finish(copy.seen) + (paths && !rest.isBlank() ? TextMask.MASKED : plain(rest));
    }
  }

  private String plain(String text) {
    return mask.plain(text);
  }

  private void name(JsonParser parser, @Nullable Level level, Copy copy) throws IOException {
    String name = parser.currentName();
    if (level != null) {
      level.name = name;
    }
    int start = start(parser);
    copy.string(start, Copy.endOfString(copy.text, start), name, plain(name));
  }

  private long[] states(@Nullable Level level, long[] start) {
    if (level == null || start.length == 0) {
      return start;
    }
    String name = level.array ? Integer.toString(level.item++) : level.name;
    long[] states = new long[level.states.length];
    for (int i = 0; i < states.length; i++) {
      JsonPath path = i < allow.size() ? allow.get(i) : deny.get(i - allow.size());
      states[i] = path.enter(level.states[i], name);
    }
    return states;
  }

  private void value(
      JsonParser parser, JsonToken token, long[] states, Deque<Level> levels, Copy copy, int depth)
      throws IOException {
    int start = start(parser);
    if (isDenied(states)) {
      parser.skipChildren();
      parser.finishToken();
      int end = token.isScalarValue() ? copy.endOfScalar(start) : offset(parser);
      copy.replace(start, end, TextMask.MASKED);
    } else if (token.isStructStart()) {
      levels.push(new Level(states, token == JsonToken.START_ARRAY));
      copy.seen(offset(parser));
    } else if (token == JsonToken.VALUE_STRING) {
      String before = parser.getText();
      copy.string(start, Copy.endOfString(copy.text, start), before, string(before, states, depth));
    } else if (token != JsonToken.VALUE_NULL) {
      String before = parser.getText();
      String after = isAllowed(states) ? plain(before) : TextMask.MASKED;
      copy.string(start, start + before.length(), before, after);
    }
  }

  private String string(String text, long[] states, int depth) {
    boolean nested = depth < MAX_DEPTH && (text.startsWith("{") || text.startsWith("["));
    if (nested) {
      return run(text, states, depth + 1);
    }
    return isAllowed(states) || text.isEmpty() ? plain(text) : TextMask.MASKED;
  }

  private boolean isAllowed(long[] states) {
    for (int i = 0; i < allow.size(); i++) {
      if (allow.get(i).matches(states[i])) {
        return true;
      }
    }
    return allow.isEmpty();
  }

  private boolean isDenied(long[] states) {
    for (int i = 0; i < deny.size(); i++) {
      if (deny.get(i).matches(states[allow.size() + i])) {
        return true;
      }
    }
    return false;
  }

  private static int start(JsonParser parser) {
    return (int) parser.currentTokenLocation().getCharOffset();
  }

  private static int offset(JsonParser parser) {
    return (int) parser.currentLocation().getCharOffset();
  }

  /** The text as it goes out, copied up to {@code done} and understood up to {@code seen}. */
  private static final class Copy {
    private final String text;
    private final StringBuilder out = new StringBuilder();
    private int done;
    private int seen;

    Copy(String text) {
      this.text = text;
    }

    void string(int start, int end, String before, String after) {
      if (before.equals(after)) {
        seen = end;
      } else {
        replace(start, end, after);
      }
    }

    void replace(int start, int end, String with) {
      out.append(text, done, start).append('"');
      out.append(JsonStringEncoder.getInstance().quoteAsString(with)).append('"');
      done = end;
      seen = end;
    }

    void seen(int end) {
      seen = end;
    }

    int endOfScalar(int start) {
      if (text.charAt(start) == '"') {
        return endOfString(text, start);
      }
      int end = start;
      while (end < text.length() && ",]} \t\r\n".indexOf(text.charAt(end)) < 0) {
        end++;
      }
      return end;
    }

    /** After the closing quote of the string that begins at {@code start}. */
    static int endOfString(String text, int start) {
      int at = start + 1;
      while (text.charAt(at) != '"') {
        at += text.charAt(at) == '\\' ? 2 : 1;
      }
      return at + 1;
    }

    String finish(int end) {
      return done == 0 ? text.substring(0, end) : out.append(text, done, end).toString();
    }
  }
}
