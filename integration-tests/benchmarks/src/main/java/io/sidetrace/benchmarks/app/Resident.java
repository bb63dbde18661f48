package io.sidetrace.benchmarks.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Memory of a process that is not paged out: proc(5), {@code /proc/<pid>/status}. */
public final class Resident {
  private Resident() {}

  public static long bytes(long pid) throws IOException {
    return read(pid, "VmRSS:");
  }

  /** The most it ever was. */
  public static long peakBytes(long pid) throws IOException {
    return read(pid, "VmHWM:");
  }

  private static long read(long pid, String key) throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith(key)) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new IOException("no " + key + " in " + status);
  }
}
