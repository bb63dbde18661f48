package io.sidetrace.daemon.ops;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What {@code sidetrace status} prints. */
final class StatusText {
  private static final int MOST_GAPS = 10;

  private final StringBuilder text = new StringBuilder();

  private StatusText() {}

  static String of(Status status) {
    StatusText out = new StatusText();
    out.write(status);
    return out.text.toString();
  }

  private void write(Status status) {
    Duration up = Duration.between(status.started(), status.now());
    String state = status.troubles().isEmpty() ? "well" : "NOT WELL";
    line("sidetrace", "%s, %s, up %s", status.version(), state, duration(up.toSeconds()));
    status.troubles().forEach(trouble -> line("", "! %s", trouble));
    Status.Throughput rates = status.throughput();
    line(
        "throughput",
        "%.1f events/s in, %.1f out, over the last minute",
        rates.received(),
        rates.exported());
    ledger(status.ledger());
    Status.InFlight inFlight = status.inFlight();
    line(
        "in flight",
        "%,d events of %,d at most, %s of %s",
        inFlight.events(),
        inFlight.maxEvents(),
        bytes(inFlight.bytes()),
        bytes(inFlight.maxBytes()));
    status.sources().forEach(source -> source(status, source));
    for (Status.Exporter exporter : status.exporters()) {
      line(exporter.name(), "%s, %,d retries", up(exporter.trouble()), exporter.retries());
    }
    Status.DeadLetters dead = status.deadLetters();
    line(
        "dead letters",
        "%s on disk%s",
        dead.bytes() < 0 ? "unknown" : bytes(dead.bytes()),
        dead.full() ? ", FULL" : "");
    new TreeMap<>(dead.byReason())
        .forEach((reason, count) -> line("", "%,d since the start: %s", count, reason));
    gaps(status);
    if (!status.agents().isEmpty()) {
      Map<String, Long> told = new TreeMap<>(status.agents());
      told.entrySet().removeIf(count -> count.getValue() == 0 && count.getKey().contains("."));
      line("agents", "%s", counts(told));
    }
  }

  private void ledger(Ledger.Snapshot ledger) {
    line(
        "ledger",
        "%,d received = %,d exported + %,d dead-lettered + %,d filtered + %,d returned + %,d pending%s",
        ledger.received(),
        ledger.exported(),
        ledger.deadLettered(),
        ledger.filtered().values().stream().mapToLong(Long::longValue).sum(),
        ledger.returned(),
        ledger.pending(),
        ledger.isBalanced() ? "" : "  (NOT BALANCED: a defect, please report it)");
    if (!ledger.filtered().isEmpty()) {
      line("", "filtered by rule: %s", counts(ledger.filtered()));
    }
  }

  private void source(Status status, Status.Source source) {
    Status.Backlog backlog = source.backlog();
    if (backlog == null) {
      line(source.name(), "%s, backlog unknown", up(source.trouble()));
      return;
    }
    line(
        source.name(),
        "%s, %,d %s waiting%s%s%s%s",
        up(source.trouble()),
        backlog.waiting(),
        backlog.unit(),
        backlog.bytes() < 0 ? "" : " (" + bytes(backlog.bytes()) + ")",
        backlog.claimed() == 0 ? "" : ", " + backlog.claimed() + " read and not settled",
        backlog.oldestMillis() == 0
            ? ""
            : ", the oldest " + duration((long) backlog.oldestSeconds(status.now())) + " old",
        backlog.unknown().isEmpty()
            ? ""
            : "; what waits in " + String.join(", ", backlog.unknown()) + " is unknown");
  }

  private void gaps(Status status) {
    boolean blind = status.sources().stream().anyMatch(StatusText::isShared);
    if (status.missing() == 0) {
      line("gaps", "none%s", blind ? " seen; other daemons share Redis, so none could be" : "");
      return;
    }
    line("gaps", "%,d events that agents numbered never came", status.missing());
    for (SequenceGaps.Gap gap : status.gaps().stream().limit(MOST_GAPS).toList()) {
      line(
          "",
          "%s: %d to %d, missing for %s",
          gap.instance(),
          gap.first(),
          gap.last(),
          duration(gap.age().toSeconds()));
    }
    if (status.gaps().size() > MOST_GAPS) {
      line("", "and %d more; see --json", status.gaps().size() - MOST_GAPS);
    }
  }

  private static boolean isShared(Status.Source source) {
    Status.Backlog backlog = source.backlog();
    return backlog != null && backlog.shared();
  }

  private void line(String label, String format, Object... values) {
    text.append(String.format(Locale.ROOT, "%-13s", label))
        .append(String.format(Locale.ROOT, format, values))
        .append('\n');
  }

  private static String up(@Nullable String trouble) {
    return trouble == null ? "up" : "DOWN";
  }

  private static String counts(Map<String, Long> counts) {
    StringBuilder words = new StringBuilder();
    new TreeMap<>(counts)
        .forEach(
            (name, count) ->
                words.append(words.isEmpty() ? "" : ", ").append(count).append(' ').append(name));
    return words.toString();
  }

  static String bytes(long count) {
    if (count < 1024) {
      return count + " B";
    }
    int power = (63 - Long.numberOfLeadingZeros(count)) / 10;
    double value = count / (double) (1L << (10 * power));
    return String.format(Locale.ROOT, "%.1f %ciB", value, "KMGTPE".charAt(power - 1));
  }

  static String duration(long seconds) {
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 7200) {
      return seconds / 60 + " min";
    }
    return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " days";
  }
}
