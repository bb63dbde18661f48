package io.sidetrace.daemon.source;

import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.sidetrace.event.EventStream;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads streams as one of a consumer group, see {@link EventStream}. An entry is deleted and
 * acknowledged once all its frames are settled. Whatever Redis does, go away, hang, load or forget,
 * it is tried again, and what was pending is found again.
 */
public final class RedisSource implements Source {
  private static final Logger log = LoggerFactory.getLogger(RedisSource.class);
  private static final Duration BLOCK = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

  /** For so long after trouble, lost entries are looked for every second. */
  private static final Duration ALERT = Duration.ofSeconds(15);

  /** No answer takes longer to come, unless it never does. */
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(5);

  /** How often entries with returned frames are looked at. */
  private static final Duration AGAIN = Duration.ofMillis(250);

  /** Entries that are fetched at once to be delivered again: four megabytes at most. */
  private static final int AGAIN_AT_ONCE = 16;

  /** Entries held at most; then no new ones are read. Each costs some 300 bytes here. */
  private static final int MAX_HELD = 20_000;

  private static final String FULL =
      "no more is read: "
          + MAX_HELD
          + " entries wait for a project that takes none; mend it, see /readyz for which";

  /** Streams are read side by side; after so long none is behind another because of a restart. */
  private static final Duration EVEN = Duration.ofMinutes(1);

  private final Access access;
  private final List<String> streams;
  private final RedisLink link;
  private final RedisPending pending;
  private final HeldEntries held;
  private final FreshEntries fresh;
  private final long sweepNanos;
  private boolean grouped;
  private final long startedNanos = System.nanoTime();
  private long retryNanos = System.nanoTime();
  private long sweptNanos;
  private long againNanos = System.nanoTime();
  private long renewedNanos = System.nanoTime();
  private long alertNanos = System.nanoTime();
  private volatile boolean alone;
  private volatile @Nullable String trouble;

  /**
   * Which Redis, and who we are in it.
   *
   * @param streams how many; 1 is {@link EventStream#KEY} itself
   * @param consumer this daemon's name in the group; no other daemon may use it
   * @param minIdle after so long without a sign from a daemon its entries are taken over; ours are
   *     renewed four times within it
   */
  public record Access(RedisTarget target, int streams, String consumer, Duration minIdle) {}

  /** Does not connect yet: a Redis that is away is waited for. */
  public RedisSource(Access access, Bell bell) {
    this.access = access;
    this.streams =
        IntStream.range(0, access.streams())
            .mapToObj(n -> EventStream.key(n, access.streams()))
            .toList();
    this.link = new RedisLink(access.target(), BLOCK);
    this.pending = new RedisPending(link, access.consumer(), access.minIdle());
    this.held = new HeldEntries(bell);
    this.fresh = new FreshEntries(link, streams, access.consumer(), BLOCK, bell);
    this.sweepNanos = access.minIdle().dividedBy(4).toNanos();
    this.sweptNanos = System.nanoTime() - sweepNanos;
  }

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public boolean read(Intake to) {
    if (System.nanoTime() - retryNanos < 0) {
      return false;
    }
    try {
      group();
      // What a former life left comes first: nothing of ours is on its way yet, so all of it is
      // lost.
      sweep();
      boolean found = fetchFound(to);
      found |= again(to);
      boolean fresh = readNew(to);
      noteThatItWorks();
      return found || fresh;
    } catch (RedisException e) {
      failed(e);
      return false;
    }
  }

  private void noteThatItWorks() {
    if (held.size() >= MAX_HELD) {
      if (trouble == null) {
        log.warn(FULL);
      }
      trouble = FULL;
    } else if (trouble != null) {
      log.info("Redis answers again");
      trouble = null;
    }
  }

  private void group() {
    if (!grouped) {
      for (String stream : streams) {
        try {
          RedisLink.await(
              link.commands()
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

  private boolean readNew(Intake to) {
    if (held.size() >= MAX_HELD) {
      return false;
    }
    List<StreamMessage<String, byte[]>> entries = fresh.next();
    boolean continuous =
        alone && (streams.size() == 1 || System.nanoTime() - startedNanos > EVEN.toNanos());
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
    next.forEach(
        (stream, ids) -> pending.fetch(stream, ids).forEach(entry -> held.take(entry, false, to)));
    return !next.isEmpty();
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

  @Override
  public void acknowledge() {
    held.drain();
    if (System.nanoTime() - retryNanos < 0) {
      return;
    }
    try {
      remove();
      renew();
    } catch (RedisException e) {
      failed(e);
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
          RedisFuture<Long> deleted = link.commands().xdel(stream, settled);
          RedisFuture<Long> acknowledged = link.commands().xack(stream, EventStream.GROUP, settled);
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

  private void failed(RedisException e) {
    String reason = RedisLink.reason(e);
    if (link.dropAfter(e)) {
      fresh.forget();
    }
    long now = System.nanoTime();
    retryNanos = now + AFTER_FAILURE.toNanos();
    alertNanos = now + ALERT.toNanos();
    sweptNanos = now - sweepNanos;
    if (reason.startsWith("NOGROUP")) {
      // Somebody flushed the database: what it held is gone, what comes next needs the group.
      grouped = false;
      retryNanos = now;
    }
    if (trouble == null) {
      log.warn("cannot read from Redis: {}; trying again", reason);
    }
    trouble = reason;
  }

  @Override
  public Backlog backlog() throws IOException {
    try {
      Backlog found = RedisBacklog.of(link.watcher(), streams, access.consumer());
      alone = !found.shared();
      return found;
    } catch (RedisException e) {
      link.dropWatcherAfter(e);
      throw new IOException(RedisLink.reason(e), e);
    }
  }

  @Override
  public @Nullable String trouble() {
    return trouble;
  }

  @Override
  public void close() {
    link.close();
  }
}
