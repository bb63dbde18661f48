package io.sidetrace.daemon.ops;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the daemon is at a moment. {@code docs/operations.md} explains each field by its name in
 * JSON.
 *
 * @param troubles what keeps it from reading or exporting, for people
 * @param gaps events that agents numbered and nobody received
 * @param missing events in all gaps
 * @param agents what agents on this machine counted
 */
public record Status(
    String version,
    Instant now,
    Instant started,
    List<String> troubles,
    Ledger.Snapshot ledger,
    Throughput throughput,
    InFlight inFlight,
    List<Source> sources,
    List<Exporter> exporters,
    DeadLetters deadLetters,
    List<SequenceGaps.Gap> gaps,
    long missing,
    Map<String, Long> agents) {

  /** Events per second over the last minute. */
  public record Throughput(double received, double exported) {}

  /** Read and not settled. */
  public record InFlight(long events, long bytes, long maxEvents, long maxBytes) {}

  /**
   * @param trouble what is wrong; null if nothing is
   * @param backlog null if it can't be told now
   */
  public record Source(String name, @Nullable String trouble, @Nullable Backlog backlog) {}

  /**
   * @param unit segments or entries
   * @param waiting not yet read by anybody
   * @param claimed read by some daemon, not settled; 0 where the source does not know
   * @param bytes -1 if unknown
   * @param oldestMillis since the epoch; 0 if nothing is there
   * @param shared true if other daemons read from it as well, so that gaps can't be seen
   * @param unknown streams that can't be told of now, and are not in the sums
   */
  public record Backlog(
      String unit,
      long waiting,
      long claimed,
      long bytes,
      long oldestMillis,
      boolean shared,
      List<String> unknown) {

    /** Seconds since the oldest was written; 0 if nothing is there. */
    public double oldestSeconds(Instant now) {
      return oldestMillis == 0 ? 0 : Math.max(0, now.toEpochMilli() - oldestMillis) / 1000.0;
    }
  }

  /**
   * @param trouble what is wrong; null if nothing is
   * @param retries requests that had to be sent again since the start
   */
  public record Exporter(String name, @Nullable String trouble, long retries) {}

  /**
   * @param bytes of all that lie in the folder; -1 if it can't be read
   * @param byReason stored since the start
   */
  public record DeadLetters(long bytes, boolean full, Map<String, Long> byReason) {}
}
