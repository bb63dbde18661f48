package io.sidetrace.daemon.ops;

import java.util.Map;
import java.util.TreeMap;

/**
 * Counts events, so that {@code received = exported + dead-lettered + filtered + returned +
 * pending} holds in every snapshot. Thread-safe; the lock is held for a few additions.
 */
public final class Ledger {
  private long received;
  private long exported;
  private long deadLettered;
  private long returned;
  private final Map<String, Long> filtered = new TreeMap<>();
  private long pending;

  /**
   * The counts of one moment.
   *
   * @param filtered by rule
   * @param returned given back to their source, which will deliver them again
   */
  public record Snapshot(
      long received,
      long exported,
      long deadLettered,
      Map<String, Long> filtered,
      long returned,
      long pending) {

    public boolean isBalanced() {
      long gone = filtered.values().stream().mapToLong(Long::longValue).sum();
      return received == exported + deadLettered + gone + returned + pending;
    }

    /** For the log. */
    public String inWords() {
      return "received "
          + received
          + " = exported "
          + exported
          + " + dead-lettered "
          + deadLettered
          + " + filtered "
          + filtered
          + " + returned "
          + returned
          + " + pending "
          + pending;
    }
  }

  public synchronized void received() {
    received++;
    pending++;
  }

  public synchronized void exported() {
    pending--;
    exported++;
  }

  public synchronized void deadLettered() {
    pending--;
    deadLettered++;
  }

  public synchronized void filtered(String rule) {
    pending--;
    filtered.merge(rule, 1L, Long::sum);
  }

  public synchronized void returned() {
    pending--;
    returned++;
  }

  public synchronized Snapshot snapshot() {
    return new Snapshot(received, exported, deadLettered, Map.copyOf(filtered), returned, pending);
  }
}
