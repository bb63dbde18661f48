package io.sidetrace.benchmarks.app;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * CPU time of each thread of a process, read from outside: nothing runs in the application for it.
 *
 * <p>Per thread from {@code /proc/<pid>/task/<tid>/schedstat} (nanoseconds on a CPU), for the whole
 * process from {@code /proc/<pid>/stat} (ticks of 10 ms), which has the threads that ended as well.
 */
public final class CpuTimes {
  private static final long TICK_NANOS = 10_000_000;

  /** Of a process that has not begun. */
  static final CpuTimes NONE = new CpuTimes(Map.of(), 0);

  private final Map<String, Spent> threads;
  private final long processNanos;

  private record Spent(ThreadKind kind, long nanos) {}

  private CpuTimes(Map<String, Spent> threads, long processNanos) {
    this.threads = threads;
    this.processNanos = processNanos;
  }

  public static CpuTimes of(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    Map<String, Spent> threads = new HashMap<>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(process.resolve("task"))) {
      for (Path task : tasks) {
        try {
          threads.put(task.getFileName().toString(), spent(task));
        } catch (NoSuchFileException ended) {
          // between the listing and the reading; its time is in the process's
        }
      }
      return new CpuTimes(threads, processNanos(process));
    } catch (IOException e) {
      throw new IllegalStateException("reading CPU times of process " + pid + " failed", e);
    }
  }

  private static Spent spent(Path task) throws IOException {
    String schedstat = Files.readString(task.resolve("schedstat"));
    return new Spent(
        ThreadKind.of(Files.readString(task.resolve("comm")).trim()),
        Long.parseLong(schedstat, 0, schedstat.indexOf(' '), 10));
  }

  /** User and system time, fields 14 and 15: proc(5). The name before them may hold spaces. */
  private static long processNanos(Path process) throws IOException {
    String stat = Files.readString(process.resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_NANOS;
  }

  /** Of all threads since the process began. */
  public long processNanos() {
    return processNanos;
  }

  /** Nanoseconds by kind since {@code earlier}; threads that ended meanwhile are OTHER. */
  public Map<ThreadKind, Long> since(CpuTimes earlier) {
    Map<ThreadKind, Long> nanos = livingSince(earlier);
    long living = nanos.values().stream().mapToLong(Long::longValue).sum();
    long ended = processNanos - earlier.processNanos - living;
    nanos.merge(ThreadKind.OTHER, Math.max(0, ended), Long::sum);
    return nanos;
  }

  /**
   * As {@link #since} without the threads that ended, whose time is known to two ticks only: for
   * short times in which none does.
   */
  public Map<ThreadKind, Long> livingSince(CpuTimes earlier) {
    Map<ThreadKind, Long> nanos = new EnumMap<>(ThreadKind.class);
    for (ThreadKind kind : ThreadKind.values()) {
      nanos.put(kind, 0L);
    }
    for (Map.Entry<String, Spent> entry : threads.entrySet()) {
      Spent before = earlier.threads.get(entry.getKey());
      Spent now = entry.getValue();
      nanos.merge(now.kind(), now.nanos() - (before == null ? 0 : before.nanos()), Long::sum);
    }
    return nanos;
  }
}
