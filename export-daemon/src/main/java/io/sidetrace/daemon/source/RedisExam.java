package io.sidetrace.daemon.source;

import io.lettuce.core.Consumer;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.XAddArgs;
import io.lettuce.core.XAutoClaimArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.XTrimArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.sidetrace.event.EventStream;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Questions to a Redis that change nothing in it. Each is answered or fails within seconds. */
public final class RedisExam implements Closeable {
  /** A group that nobody has, so that commands on it are refused after the check of rights. */
  private static final String NOBODY = "sidetrace-doctor";

  private final RedisLink link;
  private final RedisTarget target;
  private final List<String> streams;
  private final RedisClusterAsyncCommands<String, byte[]> redis;

  private RedisExam(RedisLink link, RedisTarget target, List<String> streams) {
    this.link = link;
    this.target = target;
    this.streams = streams;
    this.redis = link.watcher();
  }

  /**
   * @throws IOException if it does not answer, or the URL is none
   */
  public static RedisExam connect(RedisTarget target, int streams) throws IOException {
    RedisLink link = null;
    try {
      link = new RedisLink(target, Duration.ofSeconds(1));
      List<String> keys =
          IntStream.range(0, streams).mapToObj(n -> EventStream.key(n, streams)).toList();
      RedisExam exam = new RedisExam(link, target, keys);
      RedisLink.await(exam.redis.ping());
      return exam;
    } catch (RedisException | IllegalArgumentException e) {
      if (link != null) {
        link.close();
      }
      throw new IOException(RedisLink.reason(e), e);
    }
  }

  /** Who we are to Redis, as the URL says. */
  public String user() {
    return target.user();
  }

  /**
   * All servers that are, or may become, the one that holds our streams.
   *
   * @throws IOException if they cannot be reached or may not be asked
   */
  public RedisServers servers() throws IOException {
    try {
      return link.servers();
    } catch (RedisException e) {
      throw new IOException(RedisLink.reason(e), e);
    }
  }

  /** Commands of the daemon that this user is refused. Redis: they are answered with NOPERM. */
  @SuppressWarnings("unchecked") // an array of a generic type
  public List<String> lackingRights() throws IOException {
    String stream = streams.get(0);
    Consumer<String> nobody = Consumer.from(NOBODY, NOBODY);
    XAutoClaimArgs<String> claim =
        new XAutoClaimArgs<String>()
            .consumer(nobody)
            .minIdleTime(Duration.ofDays(1))
            .startId("0-0");
    Map<String, RedisFuture<?>> answers = new LinkedHashMap<>();
    answers.put("XREADGROUP", redis.xreadgroup(nobody, StreamOffset.from(stream, "0-0")));
    answers.put("XACK", redis.xack(stream, NOBODY, "0-0"));
    answers.put("XDEL", redis.xdel(stream, "0-0"));
    answers.put("XAUTOCLAIM", redis.xautoclaim(stream, claim));
    answers.put("XCLAIM", redis.xclaim(stream, nobody, 86_400_000, "0-0"));
    answers.put("XPENDING", redis.xpending(stream, NOBODY));
    answers.put("XGROUP", redis.xgroupSetid(StreamOffset.from(stream, "0-0"), NOBODY));
    answers.put("XINFO", redis.xinfoConsumers(stream, NOBODY));
    answers.put("XLEN", redis.xlen(stream));
    answers.put("XRANGE", redis.xrange(stream, Range.unbounded(), Limit.from(1)));
    String notes = EntryNotes.key(stream);
    XAddArgs refused = new XAddArgs().id("0-0"); // no entry may have this id
    answers.put("XADD " + notes, redis.xadd(notes, refused, Map.of("e", new byte[0])));
    answers.put("XTRIM " + notes, redis.xtrim(notes, XTrimArgs.Builder.minId("0-0")));
    List<String> lacking = new ArrayList<>();
    for (Map.Entry<String, RedisFuture<?>> answer : answers.entrySet()) {
      try {
        RedisLink.await(answer.getValue());
      } catch (RedisException e) {
        String said = String.valueOf(e.getMessage());
        if (said.startsWith("NOPERM")) {
          lacking.add(answer.getKey());
        } else if (said.startsWith("no answer")) {
          throw new IOException(said, e);
        }
      }
    }
    return lacking;
  }

  /**
   * What lies in the streams.
   *
   * @return null if nobody has read from them yet
   */
  public @Nullable Backlog backlog() throws IOException {
    try {
      return RedisBacklog.of(redis, streams, NOBODY, e -> {});
    } catch (RedisException e) {
      String said = String.valueOf(e.getMessage());
      if (said.startsWith("NOGROUP") || said.contains("no such key")) {
        return null;
      }
      throw new IOException(said, e);
    }
  }

  @Override
  public void close() {
    link.close();
  }
}
