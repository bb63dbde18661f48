package io.sidetrace.daemon.run;

import io.sidetrace.daemon.deadletter.DeadLetters;
import io.sidetrace.daemon.export.Lane;
import io.sidetrace.daemon.ops.Ledger;
import io.sidetrace.daemon.ops.Rates;
import io.sidetrace.daemon.ops.SequenceGaps;
import io.sidetrace.daemon.ops.Status;
import io.sidetrace.daemon.source.AgentLedgers;
import io.sidetrace.daemon.source.Backlog;
import io.sidetrace.daemon.source.Source;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers what {@link Status} tells. What has to be asked for, the backlogs, is asked for every few
 * seconds by the thread that calls {@link #look}, never by a scrape.
 */
final class Figures {
  private static final Logger log = LoggerFactory.getLogger(Figures.class);
  private static final int BACKLOG_EVERY = 5;
  private static final int TOLD_AT_MOST = 1000;

  private final Parts parts;
  private final Rates rates = new Rates();
  private final Instant started = Instant.now();
  private final Map<String, Status.Backlog> backlogs = new ConcurrentHashMap<>();
  private final Set<String> told = new HashSet<>();
  private int looks;

  /** What there is to look at. */
  record Parts(
      DaemonOptions options,
      Ledger ledger,
      InFlight inFlight,
      List<SourceLoop> sources,
      List<Lane<?>> lanes,
      DeadLetters deadLetters,
      SequenceGaps gaps,
      AgentLedgers agents) {}

  Figures(Parts parts) {
    this.parts = parts;
    rates.sample(System.nanoTime(), parts.ledger().snapshot());
  }

  /** To be called every second, by one thread. May take seconds if a source does not answer. */
  void look() {
    rates.sample(System.nanoTime(), parts.ledger().snapshot());
    if (looks++ % BACKLOG_EVERY == 0) {
      parts.sources().forEach(loop -> look(loop.source()));
      parts.gaps().gaps(System.nanoTime()).forEach(this::tell);
    }
  }

  private void look(Source source) {
    try {
      Backlog found = source.backlog();
      Status.Backlog before = backlogs.put(source.name(), copy(found));
      if (found.shared() && (before == null || !before.shared())) {
        parts.gaps().skipAll();
      }
    } catch (IOException e) {
      log.debug("backlog of {} is unknown: {}", source.name(), e.toString());
      backlogs.remove(source.name());
    }
  }

  private static Status.Backlog copy(Backlog found) {
    return new Status.Backlog(
        found.unit(),
        found.waiting(),
        found.claimed(),
        found.bytes(),
        found.oldestMillis(),
        found.shared(),
        found.unknown());
  }

  private void tell(SequenceGaps.Gap gap) {
    if (told.size() < TOLD_AT_MOST && told.add(gap.instance() + " " + gap.last())) {
      log.warn(
          "{} events of {} never came: numbers {} to {}; look for deleted spool files, or a Redis"
              + " that lost data",
          gap.events(),
          gap.instance(),
          gap.first(),
          gap.last());
    }
  }

  /**
   * @return null if it can't be told now
   */
  Status.@Nullable Backlog backlog(String source) {
    return backlogs.get(source);
  }

  Status status(List<String> troubles) {
    long now = System.nanoTime();
    DaemonOptions options = parts.options();
    return new Status(
        ProgramVersion.number(),
        Instant.now(),
        started,
        troubles,
        parts.ledger().snapshot(),
        new Status.Throughput(rates.received(), rates.exported()),
        new Status.InFlight(
            parts.inFlight().count(),
            parts.inFlight().bytes(),
            options.inFlight(),
            options.inFlightBytes()),
        parts.sources().stream().map(SourceLoop::source).map(this::source).toList(),
        parts.lanes().stream()
            .map(lane -> new Status.Exporter(lane.name(), lane.trouble(), lane.retries()))
            .toList(),
        deadLetters(),
        parts.gaps().gaps(now),
        parts.gaps().missing(now),
        parts.agents().sum());
  }

  private Status.Source source(Source source) {
    return new Status.Source(source.name(), source.trouble(), backlog(source.name()));
  }

  private Status.DeadLetters deadLetters() {
    DeadLetters letters = parts.deadLetters();
    long bytes;
    try {
      bytes = letters.bytes();
    } catch (IOException e) {
      log.debug("cannot add up the dead letters: {}", e.toString());
      bytes = -1;
    }
    return new Status.DeadLetters(bytes, letters.isFull(), letters.reasons());
  }
}
