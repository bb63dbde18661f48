package io.sidetrace.agent.api;

import java.util.concurrent.ThreadLocalRandom;

/** New trace and span ids, as W3C trace-context 3.2.2 writes them. */
final class Ids {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  /** Sets processes apart whose random generators began alike. */
  private static final long PROCESS =
      ProcessHandle.current().pid() * 0x9E3779B97F4A7C15L ^ System.nanoTime();

  private Ids() {}

  static String traceId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    char[] digits = new char[32];
    write(random.nextLong() ^ PROCESS, digits, 0);
    write(nonZero(random), digits, 16);
    return new String(digits);
  }

  static String spanId() {
    char[] digits = new char[16];
    write(nonZero(ThreadLocalRandom.current()), digits, 0);
    return new String(digits);
  }

  private static long nonZero(ThreadLocalRandom random) {
    long value;
    do {
      value = random.nextLong();
    } while (value == 0);
    return value;
  }

  private static void write(long value, char[] to, int at) {
    for (int i = 15; i >= 0; i--) {
      to[at + i] = HEX[(int) value & 15];
      value >>>= 4;
    }
  }
}
