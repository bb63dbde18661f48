package io.sidetrace.benchmarks.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * What threads of a JVM were at, sampled by Flight Recorder: from JDK 25 on by their CPU time (JEP
 * 509), before that by a look at running Java code every millisecond, native code left out. Costs
 * something, so shares are of use and times are not.
 */
public final class Samples {
  /** So that the whole stack of a request's thread is there. */
  public static final String DEEP_STACKS = "-XX:FlightRecorderOptions=stackdepth=512";

  private static final String NAME = "samples";
  private static final int FIRST_WITH_CPU_TIME = 25;

  private final Jcmd jcmd;
  private final String event;
  private final String threadField;
  private final String interval;

  Samples(Path javaHome, long pid) throws IOException {
    this.jcmd = new Jcmd(javaHome, pid);
    boolean cpuTime = feature(javaHome) >= FIRST_WITH_CPU_TIME;
    this.event = cpuTime ? "jdk.CPUTimeSample" : "jdk.ExecutionSample";
    this.threadField = cpuTime ? "eventThread" : "sampledThread";
    this.interval = cpuTime ? "throttle=1ms" : "period=1ms";
  }

  /**
   * @param stack innermost first
   */
  public record Sample(ThreadKind kind, List<Frame> stack) {}

  /**
   * @param type a class's name
   */
  public record Frame(String type, String method) {}

  /** One for each time it was looked while {@code work} ran. */
  List<Sample> during(Allocation.Work work) throws IOException, InterruptedException {
    Path recording = Files.createTempFile(NAME, ".jfr");
    try {
      jcmd.run(
          "JFR.start",
          "name=" + NAME,
          "settings=none",
          "+" + event + "#enabled=true",
          "+" + event + "#" + interval);
      work.run();
      jcmd.run("JFR.stop", "name=" + NAME, "filename=" + recording);
      return read(recording);
    } finally {
      Files.delete(recording);
    }
  }

  private List<Sample> read(Path recording) throws IOException {
    List<Sample> samples = new ArrayList<>();
    try (RecordingFile file = new RecordingFile(recording)) {
      while (file.hasMoreEvents()) {
        RecordedEvent read = file.readEvent();
        if (read.getEventType().getName().equals(event)) {
          RecordedThread thread = read.getThread(threadField);
          if (thread != null && thread.getOSName() != null && read.getStackTrace() != null) {
            samples.add(new Sample(ThreadKind.of(thread.getOSName()), stack(read)));
          }
        }
      }
    }
    if (samples.isEmpty()) {
      throw new IOException("no " + event + " in " + recording);
    }
    return samples;
  }

  private static List<Frame> stack(RecordedEvent event) {
    List<Frame> frames = new ArrayList<>();
    for (RecordedFrame frame : event.getStackTrace().getFrames()) {
      frames.add(new Frame(frame.getMethod().getType().getName(), frame.getMethod().getName()));
    }
    return frames;
  }

  /** {@code JAVA_VERSION="25.0.1"} in the file that every JDK has. */
  private static int feature(Path javaHome) throws IOException {
    for (String line : Files.readAllLines(javaHome.resolve("release"))) {
      if (line.startsWith("JAVA_VERSION=")) {
        return Runtime.Version.parse(line.split("\"", -1)[1]).feature();
      }
    }
    throw new IOException("no JAVA_VERSION in " + javaHome.resolve("release"));
  }
}
