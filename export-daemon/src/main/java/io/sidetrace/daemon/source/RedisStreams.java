package io.sidetrace.daemon.source;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.sidetrace.event.EventStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

  /** How often entries with returned frames are looked at. */
  private static final Duration AGAIN = Duration.ofMillis(250);

  private final List<String> streams;
  private final Limits limits;
  private final RedisLine commands;
  private final RedisPending pending;
  private final HeldEntries held;
  private final LostEntries lost;
  private final FreshEntries fresh;
  private final long renewalNanos;
  private boolean grouped;
  private long retryNanos = System.nanoTime();
  private long againNanos = System.nanoTime();
  private long renewedNanos = System.nanoTime();
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
    EntryNotes notes = new EntryNotes(commands);
    this.held = new HeldEntries(notes, bell);
    this.fresh = new FreshEntries(link.line(), streams, access.consumer(), BLOCK, bell);
    Duration quarter = access.minIdle().dividedBy(4);
    this.lost = new LostEntries(streams, pending, held, notes, quarter);
    this.renewalNanos = quarter.toNanos();
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
      lost.find(fresh.asked());
      boolean found = lost.deliver(to);
      found |= again(to);
      found |= readNew(continuous, to);
      // After what nobody has read yet, or the same few would share all deaths.
      found |= fresh.answered() && lost.deliverSuspect(to);
      noteThatItWorks();
      return found;
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
        } catch (RedisCommandExecutionException e) {
          // It is there already, which a Redis that is full does not even look at.
          if (!hasGroup(stream)) {
            throw e;
          }
        }
      }
      grouped = true;
    }
  }

  private boolean hasGroup(String stream) {
    try {
      RedisLink.await(commands.commands().xpending(stream, EventStream.GROUP));
      return true;
    } catch (RedisCommandExecutionException e) {
      return false;
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

  /** Delivers again what was returned, a few entries at once: their room may be gone after them. */
  private boolean again(Intake to) {
    long now = System.nanoTime();
    if (now - againNanos < AGAIN.toNanos()) {
      return false;
    }
    againNanos = now;
    List<StreamEntry> due = held.due(now, LostEntries.AT_ONCE);
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
      held.remember();
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
    if (now - renewedNanos < renewalNanos) {
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
    lost.alert();
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
