package io.sidetrace.daemon.source;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.models.stream.PendingMessages;
import io.sidetrace.event.EventStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Asks Redis what lies in the streams. Entries are deleted once they are settled, so a stream's
 * length is all that is left to do, in any version of Redis; {@code lag} of XINFO GROUPS came in
 * 7.0 and is unknown after deletions.
 */
final class RedisBacklog {
  /** A daemon that asked for entries within this time lives, or died just now. */
  private static final long ALIVE_MILLIS = 300_000;

  private RedisBacklog() {}

  /**
   * Adds up the streams that answer within two seconds.
   *
   * @param trouble told, at the end, why a stream does not
   * @throws RedisException if none does
   */
  static Backlog of(
      RedisClusterAsyncCommands<String, byte[]> redis,
      List<String> streams,
      String consumer,
      Consumer<RedisException> trouble) {
    List<Asked> asked = streams.stream().map(stream -> Asked.of(redis, stream)).toList();
    long deadline = System.nanoTime() + RedisTarget.ANSWER.toNanos();
    Backlog sum = new Backlog("entries", 0, 0, -1, 0, false, List.of());
    List<String> silent = new ArrayList<>();
    RedisException last = null;
    for (Asked one : asked) {
      try {
        sum = sum.plus(one.answer(consumer, deadline));
      } catch (RedisException e) {
        silent.add(one.stream());
        last = e;
      }
    }
    if (last != null) {
      trouble.accept(last); // not before all were heard, as it may close the connection
      if (silent.size() == streams.size()) {
        throw last;
      }
    }
    return sum.without(silent);
  }

  /** Questions about a stream that are under way. */
  private record Asked(
      String stream,
      RedisFuture<Long> length,
      RedisFuture<PendingMessages> claims,
      RedisFuture<List<StreamMessage<String, byte[]>>> first,
      RedisFuture<List<Object>> consumers) {

    static Asked of(RedisClusterAsyncCommands<String, byte[]> redis, String stream) {
      return new Asked(
          stream,
          redis.xlen(stream),
          redis.xpending(stream, EventStream.GROUP),
          redis.xrange(stream, Range.unbounded(), Limit.from(1)),
          redis.xinfoConsumers(stream, EventStream.GROUP));
    }

    Backlog answer(String consumer, long deadline) {
      long all = await(length, deadline);
      long claimed = await(claims, deadline).getCount();
      long oldest = 0;
      for (StreamMessage<String, byte[]> entry : await(first, deadline)) {
        oldest = Long.parseLong(entry.getId().substring(0, entry.getId().indexOf('-')));
      }
      boolean shared = othersThan(consumer, await(consumers, deadline));
      long waiting = Math.max(0, all - claimed);
      return new Backlog("entries", waiting, claimed, -1, oldest, shared, List.of());
    }

    private static <T> T await(RedisFuture<T> answer, long deadline) {
      long left = Math.max(0, deadline - System.nanoTime());
      return RedisLink.await(answer, Duration.ofNanos(left));
    }
  }

  /** Redis: XINFO CONSUMERS answers lists of names and values. */
  private static boolean othersThan(String consumer, List<Object> answer) {
    for (Object one : answer) {
      List<?> fields = (List<?>) one;
      String name = "";
      long idle = Long.MAX_VALUE;
      for (int i = 0; i + 1 < fields.size(); i += 2) {
        String key = text(fields.get(i));
        if (key.equals("name")) {
          name = text(fields.get(i + 1));
        } else if (key.equals("idle")) {
          idle = Long.parseLong(text(fields.get(i + 1)));
        }
      }
      if (!name.equals(consumer) && idle < ALIVE_MILLIS) {
        return true;
      }
    }
    return false;
  }

  private static String text(Object value) {
    return value instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(value);
  }
}
