package io.sidetrace.agent.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.concurrent.ThreadLocalRandom;

/** New trace and span ids, as W3C trace-context 3.2.2 writes them. */
final class Ids {
  private static final byte[] HEX = "0123456789abcdef".getBytes(ISO_8859_1);

  /** Sets processes apart whose random generators began alike. */
  private static final long PROCESS =
      ProcessHandle.current().pid() * 0x9E3779B97F4A7C15L ^ System.nanoTime();

  private Ids() {}

  static String traceId() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    byte[] digits = new byte[32];
    write(random.nextLong() ^ PROCESS, digits, 0);
    write(nonZero(random), digits, 16);
    return new String(digits, ISO_8859_1);
  }

  static String spanId() {
    byte[] digits = new byte[16];
    write(nonZero(ThreadLocalRandom.current()), digits, 0);
    return new String(digits, ISO_8859_1);
  }

  private static long nonZero(ThreadLocalRandom random) {
    long value;
    do {
      value = random.nextLong();
    } while (value == 0);
    return value;
  }

  private static void write(long value, byte[] to, int at) {
    for (int i = 15; i >= 0; i--) {
      to[at + i] = HEX[(int) value & 15];
      value >>>= 4;
    }
  }
}
