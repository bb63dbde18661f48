package io.sidetrace.llm.wire;

/** JSON documents one a line (NDJSON); empty lines are passed over. */
public final class Lines {
  private Lines() {}

  public static void read(byte[] bytes, int start, int end, Frames frames) {
    int at = start;
    while (at < end) {
      int eol = at;
      while (eol < end && bytes[eol] != '\n') {
        eol++;
      }
      int last = eol;
      while (last > at && bytes[last - 1] <= ' ' && bytes[last - 1] >= 0) {
        last--;
      }
      if (last > at) {
        frames.frame("", bytes, at, last, last);
      }
      at = eol + 1;
    }
  }
}
