package io.sidetrace.daemon.source;

import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.sidetrace.event.EventStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams that one command can read: all of them or, in a cluster, one. They have connections,
 * pauses and troubles of their own, so that a shard that is away does not keep others from being
 * read. Used by the source's thread.
 */
final class RedisStreams {
  private static final Logger log = LoggerFactory.getLogger(RedisStreams.class);
  static final Duration BLOCK = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

  /** A shard that lets us wait is asked for a fifth of the time at most: others wait with us. */
  private static final int REST_AFTER_WAIT = 4;

  /** For so long after trouble, lost entries are looked for every second. */
  private static final Duration ALERT = Duration.ofSeconds(15);

  /** No answer takes longer to come, unless it never does. */
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(5);

  /** How often entries with returned frames are looked at. */
  private static final Duration AGAIN = Duration.ofMillis(250);

  /** Entries that are fetched at once to be delivered again: four megabytes at most. */
  private static final int AGAIN_AT_ONCE = 16;

  private final List<String> streams;
  private final Limits limits;
  private final RedisLine commands;
  private final RedisPending pending;
  private final HeldEntries held;
  private final Suspects suspects = new Suspects();

  /** Lost sight of by this daemon: nobody died of them. */
  private final Set<String> mislaid = new HashSet<>();

  private final FreshEntries fresh;
  private final long sweepNanos;
  private boolean grouped;
  private long retryNanos = System.nanoTime();
  private long sweptNanos;
  private long againNanos = System.nanoTime();
  private long renewedNanos = System.nanoTime();
  private long alertNanos = System.nanoTime();
  private volatile @Nullable String trouble;

  /**
   * What these streams may take.
   *
   * @param held entries at most; then no new ones are read
   * @param alone whether nobody waits while these streams do
   */
  record Limits(int held, boolean alone) {
    private String full() {
      return "no more is read: "
          + held
          + " entries wait for a project that takes none; mend it, see /readyz for which";
    }
  }

  RedisStreams(
      List<String> streams, RedisSource.Access access, Limits limits, RedisLink link, Bell bell) {
    this.streams = streams;
    this.limits = limits;
    this.commands = link.line();
    this.pending = new RedisPending(commands, access.consumer(), access.minIdle());
    this.held = new HeldEntries(bell);
    this.fresh = new FreshEntries(link.line(), streams, access.consumer(), BLOCK, bell);
    this.sweepNanos = access.minIdle().dividedBy(4).toNanos();
    this.sweptNanos = System.nanoTime() - sweepNanos;
  }

  /**
   * Hands on some entries.
   *
   * @param continuous see {@link Delivery#continuous}
   * @return false if nothing was at hand
   */
  boolean read(boolean continuous, Intake to) {
    if (rests()) {
      return false;
    }
    long begin = System.nanoTime();
    try {
      group();
      // What a former life left comes first: nothing of ours is on its way yet, so all of it is
      // lost.
      sweep();
      boolean found = fetchFound(to);
      found |= again(to);
      boolean fresh = readNew(continuous, to);
      noteThatItWorks();
      return found || fresh;
    } catch (RedisException e) {
      failed(e, begin);
      return false;
    }
  }

  private boolean rests() {
    return System.nanoTime() - retryNanos < 0;
  }

  private void noteThatItWorks() {
    if (held.size() >= limits.held()) {
      if (trouble == null) {
        log.warn(limits.full());
      }
      trouble = limits.full();
    } else if (trouble != null) {
      log.info("Redis answers again{}", where());
      trouble = null;
    }
  }

  private void group() {
    if (!grouped) {
      for (String stream : streams) {
        try {
          RedisLink.await(
              commands
                  .commands()
                  .xgroupCreate(
                      StreamOffset.from(stream, "0"),
                      EventStream.GROUP,
                      XGroupCreateArgs.Builder.mkstream()));
        } catch (RedisBusyException e) {
          log.debug("group {} of {} is there", EventStream.GROUP, stream);
        }
      }
      grouped = true;
    }
  }

  private boolean readNew(boolean continuous, Intake to) {
    if (held.size() >= limits.held()) {
      return false;
    }
    List<StreamMessage<String, byte[]>> entries = fresh.next();
    entries.forEach(entry -> held.take(entry, continuous, to));
    return !entries.isEmpty();
  }

  /** Finds what was lost sight of, and what dead daemons hold. */
  private void sweep() {
    long now = System.nanoTime();
    boolean alert = now - alertNanos < 0;
    long pause = alert ? Math.min(sweepNanos, BLOCK.toNanos()) : sweepNanos;
    if (held.hasFound() || now - sweptNanos < pause) {
      return;
    }
    sweptNanos = now;
    Duration idle = fresh.asked() ? ON_ITS_WAY : Duration.ZERO;
    for (String stream : streams) {
      Predicate<String> known = id -> held.holds(stream, id);
      Set<String> ids = new LinkedHashSet<>(pending.lost(stream, idle, known));
      if (fresh.asked()) {
        mislaid.addAll(ids);
      }
      List<String> claimed = pending.claim(stream);
      claimed.stream().filter(id -> !known.test(id)).forEach(ids::add);
      if (claimed.size() == RedisPending.PAGE) {
        sweptNanos = now - sweepNanos; // the dead may have held more
      }
      if (!ids.isEmpty()) {
        log.info("{} entries of {} are delivered again", ids.size(), stream);
      }
      held.found(stream, ids);
    }
  }

  /** A dead daemon's entries may be more than fits into memory: they come a few at once. */
  private boolean fetchFound(Intake to) {
    Map<String, List<String>> next = held.nextFound(AGAIN_AT_ONCE);
    next.forEach((stream, ids) -> fetchFound(stream, ids, to));
    return deliverSuspect(to) || !next.isEmpty();
  }

  private void fetchFound(String stream, List<String> ids, Intake to) {
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

  private boolean deliverSuspect(Intake to) {
    Suspects.Suspect suspect = suspects.next(held);
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

  /** Delivers again what was returned, a few entries at once: their room may be gone after them. */
  private boolean again(Intake to) {
    long now = System.nanoTime();
    if (now - againNanos < AGAIN.toNanos()) {
      return false;
    }
    againNanos = now;
    List<StreamEntry> due = held.due(now, AGAIN_AT_ONCE);
    for (StreamEntry entry : due) {
      held.takeAgain(entry, pending.fetch(entry.stream(), List.of(entry.id())), to);
    }
    return !due.isEmpty();
  }

  void acknowledge() {
    held.drain();
    if (rests()) {
      return;
    }
    long begin = System.nanoTime();
    try {
      remove();
      renew();
    } catch (RedisException e) {
      failed(e, begin);
    }
  }

  /**
   * Deletes first, acknowledges then: should we die in between, a pending entry without content is
   * found and acknowledged, while one that is acknowledged and not deleted would stay for ever.
   */
  private void remove() {
    Map<String, List<String>> done = held.done();
    done.forEach(
        (stream, ids) -> {
          String[] settled = ids.toArray(String[]::new);
          RedisFuture<Long> deleted = commands.commands().xdel(stream, settled);
          RedisFuture<Long> acknowledged =
              commands.commands().xack(stream, EventStream.GROUP, settled);
          RedisLink.await(deleted);
          RedisLink.await(acknowledged);
        });
    held.forgetDone();
  }

  private void renew() {
    long now = System.nanoTime();
    if (now - renewedNanos < sweepNanos) {
      return;
    }
    renewedNanos = now;
    held.all().forEach(pending::renew);
  }

  private void failed(RedisException e, long begunNanos) {
    String reason = RedisLink.reason(e);
    if (RedisLink.isElsewhere(e)) {
      commands.drop();
      fresh.forget();
    }
    long now = System.nanoTime();
    long waited = limits.alone() ? 0 : REST_AFTER_WAIT * (now - begunNanos);
    retryNanos = now + Math.max(AFTER_FAILURE.toNanos(), waited);
    alertNanos = now + ALERT.toNanos();
    sweptNanos = now - sweepNanos;
    if (reason.startsWith("NOGROUP")) {
      // Somebody flushed the database: what it held is gone, what comes next needs the group.
      grouped = false;
      retryNanos = now;
    }
    if (trouble == null) {
      log.warn("cannot read from Redis{}: {}; trying again", where(), reason);
    }
    trouble = reason;
  }

  /** We stop and do not die: what we leave behind is not to blame. */
  void handBack() {
    if (trouble != null) {
      return;
    }
    try {
      held.inHand()
          .forEach(
              (stream, ids) ->
                  pending.count(
                      stream, ids.stream().collect(Collectors.toMap(id -> id, id -> 0L))));
    } catch (RedisException e) {
      log.debug("cannot tell Redis that nobody died: {}", RedisLink.reason(e));
    }
  }

  /** For log lines: which of several. */
  private String where() {
    return limits.alone() ? "" : " " + String.join(", ", streams);
  }

  /** What keeps them from being read, for people; null if nothing does. Any thread. */
  @Nullable String trouble() {
    String told = trouble;
    return told == null || limits.alone() ? told : String.join(", ", streams) + ": " + told;
  }
}
