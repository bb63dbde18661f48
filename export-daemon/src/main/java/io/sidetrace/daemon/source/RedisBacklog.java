package io.sidetrace.daemon.source;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.models.stream.PendingMessages;
import io.sidetrace.event.EventStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks Redis what lies in the streams. Entries are deleted once they are settled, so a stream's
 * length is all that is left to do, in any version of Redis; {@code lag} of XINFO GROUPS came in
 * 7.0 and is unknown after deletions.
 */
final class RedisBacklog {
  /** A daemon that asked for entries within this time lives, or died just now. */
  private static final long ALIVE_MILLIS = 300_000;

  private RedisBacklog() {}

  static Backlog of(
      RedisClusterAsyncCommands<String, byte[]> redis, List<String> streams, String consumer) {
    List<RedisFuture<Long>> lengths = new ArrayList<>();
    List<RedisFuture<PendingMessages>> claims = new ArrayList<>();
    List<RedisFuture<List<StreamMessage<String, byte[]>>>> firsts = new ArrayList<>();
    List<RedisFuture<List<Object>>> consumers = new ArrayList<>();
    for (String stream : streams) {
      lengths.add(redis.xlen(stream));
      claims.add(redis.xpending(stream, EventStream.GROUP));
      firsts.add(redis.xrange(stream, Range.unbounded(), Limit.from(1)));
      consumers.add(redis.xinfoConsumers(stream, EventStream.GROUP));
    }
    long length = 0;
    long claimed = 0;
    long oldest = 0;
    boolean shared = false;
    for (int i = 0; i < streams.size(); i++) {
      length += RedisLink.await(lengths.get(i));
      claimed += RedisLink.await(claims.get(i)).getCount();
      for (StreamMessage<String, byte[]> first : RedisLink.await(firsts.get(i))) {
        long written = Long.parseLong(first.getId().substring(0, first.getId().indexOf('-')));
        oldest = oldest == 0 ? written : Math.min(oldest, written);
      }
      shared |= othersThan(consumer, RedisLink.await(consumers.get(i)));
    }
    long waiting = Math.max(0, length - claimed);
    return new Backlog("entries", waiting, claimed, -1, oldest, shared);
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
