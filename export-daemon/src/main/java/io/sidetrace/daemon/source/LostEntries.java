package io.sidetrace.daemon.source;

import io.lettuce.core.StreamMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Entries that Redis gave to somebody and that nobody works on: this daemon lost sight of them, or
 * the one that had them is dead. They are found now and then and delivered a few at once, those
 * that daemons may have died of one at a time. For one thread.
 */
final class LostEntries {
  private static final Logger log = LoggerFactory.getLogger(LostEntries.class);

  /** Fetched at once: four megabytes at most. */
  static final int AT_ONCE = 16;

  /** For so long after trouble they are looked for every second. */
  private static final Duration ALERT = Duration.ofSeconds(15);

  private static final Duration ALERT_PAUSE = Duration.ofSeconds(1);

  /** No answer takes longer to come, unless it never does. */
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(5);

  private final List<String> streams;
  private final RedisPending pending;
  private final HeldEntries held;
  private final EntryNotes notes;
  private final long pauseNanos;
  private final Suspects suspects = new Suspects();

  /** Lost sight of by this daemon: nobody died of them. */
  private final Set<String> mislaid = new HashSet<>();

  private long lookedNanos;
  private long alertNanos = System.nanoTime();

  /**
   * @param pause between two looks; the first is at once
   */
  LostEntries(
      List<String> streams,
      RedisPending pending,
      HeldEntries held,
      EntryNotes notes,
      Duration pause) {
    this.streams = streams;
    this.pending = pending;
    this.held = held;
    this.notes = notes;
    this.pauseNanos = pause.toNanos();
    this.lookedNanos = System.nanoTime() - pauseNanos;
  }

  /** After trouble: looks at once, and often for a while. */
  void alert() {
    long now = System.nanoTime();
    alertNanos = now + ALERT.toNanos();
    lookedNanos = now - pauseNanos;
  }

  /**
   * Takes note of what was lost sight of, and of what dead daemons hold; now and then.
   *
   * @param asked whether something may be on its way to us
   */
  void find(boolean asked) {
    long now = System.nanoTime();
    boolean alert = now - alertNanos < 0;
    long pause = alert ? Math.min(pauseNanos, ALERT_PAUSE.toNanos()) : pauseNanos;
    if (held.hasFound() || now - lookedNanos < pause) {
      return;
    }
    lookedNanos = now;
    Duration idle = asked ? ON_ITS_WAY : Duration.ZERO;
    for (String stream : streams) {
      Predicate<String> known = id -> held.holds(stream, id);
      Set<String> ids = new LinkedHashSet<>(pending.lost(stream, idle, known));
      if (asked) {
        mislaid.addAll(ids);
      }
      List<String> claimed = pending.claim(stream);
      claimed.stream().filter(id -> !known.test(id)).forEach(ids::add);
      if (claimed.size() == RedisPending.PAGE) {
        lookedNanos = now - pauseNanos; // the dead may have held more
      }
      if (!ids.isEmpty()) {
        log.info("{} entries of {} are delivered again", ids.size(), stream);
        notes.recall(stream, id -> ids.contains(id) || known.test(id));
      }
      held.found(stream, ids);
    }
  }

  /**
   * Hands on some of those that nobody suspects: a dead daemon's may be more than fits into memory.
   *
   * @return false if there were none
   */
  boolean deliver(Intake to) {
    Map<String, List<String>> next = held.nextFound(AT_ONCE);
    next.forEach((stream, ids) -> deliver(stream, ids, to));
    return !next.isEmpty();
  }

  private void deliver(String stream, List<String> ids, Intake to) {
    List<String> harmless = new ArrayList<>(ids);
    Map<String, Long> deaths =
        pending.deliveries(stream, ids.stream().filter(id -> !mislaid.contains(id)).toList());
    deaths.forEach(
        (id, count) -> {
          if (count >= Suspects.ALONE) {
            harmless.remove(id);
            held.putAside(stream, id);
            suspects.add(new Suspects.Suspect(stream, id, count));
          }
        });
    deaths.keySet().retainAll(harmless);
    deaths.replaceAll((id, count) -> count + 1);
    pending.count(stream, deaths);
    ids.forEach(mislaid::remove);
    pending.fetch(stream, harmless).forEach(entry -> held.take(entry, false, to));
  }

  /**
   * Hands on the one that is suspected least, unless another is in hand. To be called after all
   * else: a daemon that dies before it comes here has not died of it.
   *
   * @return false if there was none
   */
  boolean deliverSuspect(Intake to) {
    // Which of them comes first shows when all were looked at.
    Suspects.Suspect suspect = held.hasFound() ? null : suspects.next(held);
    if (suspect == null) {
      return false;
    }
    String stream = suspect.stream();
    if (suspect.isTooMuch()) {
      log.error(
          "entry {} of {} was held by {} daemons when they died, the last while putting it among the"
              + " dead letters; it stays in the stream: look at it there, and XDEL it",
          suspect.id(),
          stream,
          suspect.deaths());
      suspects.delivered();
      return true;
    }
    pending.count(stream, Map.of(suspect.id(), suspect.deaths() + 1));
    List<StreamMessage<String, byte[]>> entries = pending.fetch(stream, List.of(suspect.id()));
    held.takeUp(stream, suspect.id());
    suspects.delivered();
    for (StreamMessage<String, byte[]> entry : entries) {
      if (suspect.isPoison()) {
        held.bury(entry, suspect.deaths() + " daemons died while they held it", to);
      } else {
        held.take(entry, false, to);
      }
    }
    return true;
  }
}
