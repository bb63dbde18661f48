package io.sidetrace.sample;

import java.util.ArrayList;
import java.util.List;

/**
 * What advice saw. Advice lives in a loader of its own; this class is the application's, as seen
 * from there.
 */
public final class Seen {

  private static final List<String> LINES = new ArrayList<>();

  private Seen() {}

  public static synchronized void add(String line) {
    LINES.add(line);
  }

  /** All lines since the last call. */
  public static synchronized List<String> take() {
    var lines = List.copyOf(LINES);
    LINES.clear();
    return lines;
  }
}
