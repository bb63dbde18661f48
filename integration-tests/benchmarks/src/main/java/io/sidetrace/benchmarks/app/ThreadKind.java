package io.sidetrace.benchmarks.app;

import java.util.Map;

/** What a thread of the application is there for, told by the first 15 letters of its name. */
public enum ThreadKind {
  /**
   * Tomcat's workers, Spring's for streams, who calls a client library: the time a user waits for.
   */
  REQUEST("http-nio-.*|task-.*|caller"),
  /** Threads of the HTTP clients. OpenTelemetry's exporter has an OkHttp of its own among them. */
  CLIENT("OkHttp.*|HttpClient-.*"),
  AGENT("sidetrace.*|lettuce-.*|BatchSpan.*|BatchLog.*|PeriodicMetric.*|otel.*|opentelemetry.*"),
  /** Not counted as cost: compilers work long after the start, and more for one than another. */
  JIT("C1 .*|C2 .*|Sweeper thr.*"),
  GC("G1 .*|GC Thread.*|VM Thread"),
  OTHER(".*");

  private final String names;

  ThreadKind(String names) {
    this.names = names;
  }

  /** The sum of all kinds but the compilers. */
  public static long withoutJit(Map<ThreadKind, Long> nanos) {
    return nanos.entrySet().stream()
        .filter(entry -> entry.getKey() != JIT)
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  static ThreadKind of(String threadName) {
    for (ThreadKind kind : values()) {
      if (threadName.matches(kind.names)) {
        return kind;
      }
    }
    return OTHER;
  }
}
