package io.sidetrace.benchmarks.drain;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import io.sidetrace.standin.langfuse.Reply;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A drain during which Langfuse answers 503 for a minute. The daemon's memory is looked at. */
final class Outage {
  static final List<String> COLUMNS =
      List.of(
          "",
          "events",
          "GB",
          "minutes, one of them without Langfuse",
          "events/s while it answers",
          "events that arrived",
          "repeats",
          "resident MB: most in each tenth",
          "resident MB without Langfuse",
          "resident MB at rest after",
          "ledger");

  private static final int TENTHS = 10;
  private static final long DOWN_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long REST_MILLIS = TimeUnit.SECONDS.toMillis(60);
  private static final long LIMIT_NANOS = TimeUnit.HOURS.toNanos(2);

  private final LangfuseStandIn langfuse;
  private final DaemonProcess daemon;
  private final Backlog backlog;
  private final long[] most = new long[TENTHS];
  private long mostWhileDown;
  private volatile boolean down;
  private long[] arrived = new long[1 << 20];
  private int arrivals;

  Outage(LangfuseStandIn langfuse, DaemonProcess daemon, Backlog backlog) {
    this.langfuse = langfuse;
    this.daemon = daemon;
    this.backlog = backlog;
    langfuse.script(request -> down ? Reply.of(503, "away") : taken(request));
  }

  /** Opens the gate, waits until all is out and the daemon at rest, and stops it. */
  List<String> row(String name, Opening gate) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    gate.open();
    watchUntil(backlog.events() * 3 / TENTHS);
    long before = System.nanoTime() - begin;
    down = true;
    watchFor(DOWN_NANOS);
    down = false;
    long seen = langfuse.received();
    watchUntil(seen + 1); // the pause before the next attempt is none of the drain
    long again = System.nanoTime();
    watchUntil(backlog.events());
    long end = System.nanoTime();
    TimeUnit.MILLISECONDS.sleep(REST_MILLIS);
    long rest = daemon.residentBytes();
    String ledger = daemon.stop();
    long distinct = distinct();
    return List.of(
        name,
        Long.toString(backlog.events()),
        number(backlog.bytes() / 1e9),
        number((end - begin) / 60e9),
        number(backlog.events() / ((before + end - again) / 1e9)),
        Long.toString(distinct),
        Long.toString(arrivals - distinct),
        String.join(", ", Arrays.stream(most).mapToObj(Outage::megabytes).toList()),
        megabytes(mostWhileDown),
        megabytes(rest),
        ledger);
  }

  private void watchUntil(long spans) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (langfuse.received() < spans) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(langfuse.received() + " of " + spans + " events came out");
      }
      long resident = daemon.residentBytes();
      int tenth = (int) Math.min(TENTHS - 1, langfuse.received() * TENTHS / backlog.events());
      most[tenth] = Math.max(most[tenth], resident);
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private void watchFor(long nanos) throws IOException, InterruptedException {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      mostWhileDown = Math.max(mostWhileDown, daemon.residentBytes());
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private synchronized Reply taken(ExportTraceServiceRequest request) {
    request.getResourceSpansList().stream()
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .forEach(span -> arrived(ByteBuffer.wrap(span.getSpanId().toByteArray()).getLong()));
    return Reply.ok();
  }

  private void arrived(long spanId) {
    if (arrivals == arrived.length) {
      arrived = Arrays.copyOf(arrived, arrivals * 2);
    }
    arrived[arrivals++] = spanId;
  }

  private synchronized long distinct() {
    return Arrays.stream(arrived, 0, arrivals).distinct().count();
  }

  private static String megabytes(long bytes) {
    return number(bytes / 1e6);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
  }

  /** Lets the daemon at its backlog. */
  interface Opening {
    void open() throws IOException;
  }
}
