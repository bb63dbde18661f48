package io.sidetrace.daemon.shape.mask;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON path that is followed while a text is read: {@code $.messages[*].content}, {@code
 * $..password}, {@code $['a b'][0]}. What has been matched so far is a set of bits, bit {@code n}
 * for the first {@code n} steps. Filters, slices and unions are not known.
 */
public final class JsonPath {
  private static final int MAX_STEPS = 62;

  private final String text;
  private final List<Step> steps = new ArrayList<>();

  /**
   * One step.
   *
   * @param name of a field or number of an item; null: any
   * @param deep true if any number of levels may lie before it
   */
  private record Step(@Nullable String name, boolean deep) {}

  /**
   * @throws IllegalArgumentException if it is no such path; the message says where
   */
  public JsonPath(String text) {
    this.text = text;
    if (!text.startsWith("$")) {
      throw wrong(0, "a path begins with $");
    }
    for (int at = 1; at < text.length(); ) {
      boolean deep = text.startsWith("..", at);
      if (deep) {
        at += 2;
      }
      if (at < text.length() && text.charAt(at) == '[') {
        at = bracket(at + 1, deep);
      } else if (deep || text.charAt(at) == '.') {
        at = name(deep ? at : at + 1, deep);
      } else {
        throw wrong(at, ". or [ is missing");
      }
    }
    if (steps.isEmpty() || steps.size() > MAX_STEPS) {
      throw wrong(text.length(), "1 to " + MAX_STEPS + " steps are needed");
    }
  }

  private int name(int from, boolean deep) {
    int end = from;
    while (end < text.length() && text.charAt(end) != '.' && text.charAt(end) != '[') {
      end++;
    }
    if (end == from) {
      throw wrong(from, "a name is missing");
    }
    add(text.substring(from, end), deep);
    return end;
  }

  private int bracket(int from, boolean deep) {
    char quote = from < text.length() ? text.charAt(from) : ' ';
    boolean quoted = quote == '\'' || quote == '"';
    int end = text.indexOf(quoted ? quote + "]" : "]", quoted ? from + 1 : from);
    if (end < 0) {
      throw wrong(from, "] is missing");
    }
    if (quoted) {
      steps.add(new Step(text.substring(from + 1, end), deep));
      return end + 2;
    }
    String inside = text.substring(from, end);
    if (!inside.equals("*") && !inside.matches("\\d+")) {
      throw wrong(from, "only a number, * or a quoted name may stand in []");
    }
    add(inside, deep);
    return end + 1;
  }

  private void add(String name, boolean deep) {
    steps.add(new Step(name.equals("*") ? null : name, deep));
  }

  private IllegalArgumentException wrong(int at, String why) {
    return new IllegalArgumentException(
        "'" + text + "' is no JSON path, at character " + at + ": " + why);
  }

  /** Where every text begins. */
  static long start() {
    return 1;
  }

  /**
   * Goes one level down.
   *
   * @param name of the field, or the number of the item
   */
  long enter(long state, String name) {
    long next = 0;
    for (int i = 0; i < steps.size(); i++) {
      if ((state & (1L << i)) != 0) {
        Step step = steps.get(i);
        next |= step.deep ? 1L << i : 0;
        next |= step.name == null || step.name.equals(name) ? 1L << (i + 1) : 0;
      }
    }
    // What lies below a match belongs to it.
    return next | (state & (1L << steps.size()));
  }

  boolean matches(long state) {
    return (state & (1L << steps.size())) != 0;
  }

  @Override
  public String toString() {
    return text;
  }
}
