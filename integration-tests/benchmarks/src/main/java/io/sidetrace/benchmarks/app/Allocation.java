package io.sidetrace.benchmarks.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Bytes that the threads of a JVM allocate while a load runs, counted exactly by the JVM itself:
 * Flight Recorder writes {@code jdk.ThreadAllocationStatistics} at a recording's start and end.
 * Nothing else is recorded. Measured apart from CPU and latency.
 */
public final class Allocation {
  private static final String EVENT = "jdk.ThreadAllocationStatistics";
  private static final String NAME = "allocation";

  private final Jcmd jcmd;

  public Allocation(Path javaHome, long pid) {
    this.jcmd = new Jcmd(javaHome, pid);
  }

  /** Work that the application does meanwhile. */
  public interface Work {
    void run() throws IOException, InterruptedException;
  }

  /** What all threads together allocated while {@code work} ran. */
  public long during(Work work) throws IOException, InterruptedException {
    Path recording = Files.createTempFile("allocation", ".jfr");
    try {
      jcmd.run(
          "JFR.start",
          "name=" + NAME,
          "settings=none",
          "+" + EVENT + "#enabled=true",
          "+" + EVENT + "#period=everyChunk");
      work.run();
      jcmd.run("JFR.stop", "name=" + NAME, "filename=" + recording);
      return read(recording);
    } finally {
      Files.delete(recording);
    }
  }

  /**
   * Events come in no order, so those of the start are told from those of the end by their time.
   */
  private static long read(Path recording) throws IOException {
    List<RecordedEvent> events =
        RecordingFile.readAllEvents(recording).stream()
            .filter(event -> event.getEventType().getName().equals(EVENT))
            .toList();
    List<Instant> times = events.stream().map(RecordedEvent::getStartTime).sorted().toList();
    if (times.isEmpty()) {
      throw new IOException("no " + EVENT + " in " + recording);
    }
    Duration length = Duration.between(times.get(0), times.get(times.size() - 1));
    Instant middle = times.get(0).plus(length.dividedBy(2));
    Map<Long, Long> first = new HashMap<>();
    Map<Long, Long> last = new HashMap<>();
    for (RecordedEvent event : events) {
      Map<Long, Long> side = event.getStartTime().isBefore(middle) ? first : last;
      side.put(event.getThread("thread").getJavaThreadId(), event.getLong("allocated"));
    }
    long bytes = 0;
    for (Map.Entry<Long, Long> entry : last.entrySet()) {
      bytes += entry.getValue() - first.getOrDefault(entry.getKey(), 0L);
    }
    return bytes;
  }
}
