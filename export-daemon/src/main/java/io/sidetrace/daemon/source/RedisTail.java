package io.sidetrace.daemon.source;

import io.lettuce.core.RedisException;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.sidetrace.event.EventStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Follows streams beside the daemons and without taking anything: XREAD knows no group. What was
 * there before is passed over. One thread.
 */
public final class RedisTail implements Closeable {
  private static final Duration BLOCK = Duration.ofMillis(50);
  private static final int ENTRIES_AT_ONCE = 64;

  private final RedisLink link;
  private final Map<String, String> lastIds = new LinkedHashMap<>();
  private final EntryFrames frames = new EntryFrames(new Inbox<>(new Bell()));

  /**
   * @throws IOException if Redis does not answer
   */
  public RedisTail(RedisTarget target, int streams) throws IOException {
    this.link = new RedisLink(target, BLOCK);
    try {
      for (String key :
          IntStream.range(0, streams).mapToObj(n -> EventStream.key(n, streams)).toList()) {
        lastIds.put(key, lastId(key));
      }
    } catch (RedisException e) {
      link.close();
      throw new IOException("cannot read from Redis: " + RedisLink.reason(e), e);
    }
  }

  /** Where the stream ends now. Redis: {@code last-generated-id} of XINFO STREAM. */
  private String lastId(String key) {
    try {
      List<Object> facts = RedisLink.await(link.watcher().xinfoStream(key));
      for (int i = 0; i + 1 < facts.size(); i += 2) {
        if (text(facts.get(i)).equals("last-generated-id")) {
          return text(facts.get(i + 1));
        }
      }
    } catch (RedisException e) {
      if (!String.valueOf(e.getMessage()).contains("no such key")) {
        throw e;
      }
    }
    return "0-0";
  }

  private static String text(Object value) {
    return value instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : String.valueOf(value);
  }

  /**
   * Waits for a twentieth of a second at most, in a cluster for each stream, and hands on what
   * came.
   *
   * @return false if nothing came
   * @throws IOException if Redis does not answer
   */
  public boolean read(Intake to) throws IOException {
    boolean found = false;
    try {
      for (List<String> some : link.together(List.copyOf(lastIds.keySet()))) {
        found |= read(some, to);
      }
    } catch (RedisException e) {
      throw new IOException("cannot read from Redis: " + RedisLink.reason(e), e);
    }
    return found;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
  private boolean read(List<String> streams, Intake to) {
    StreamOffset<String>[] offsets =
        streams.stream()
            .map(stream -> StreamOffset.from(stream, lastIds.get(stream)))
            .toArray(StreamOffset[]::new);
    List<StreamMessage<String, byte[]>> entries =
        RedisLink.await(
            link.watcher().xread(XReadArgs.Builder.block(BLOCK).count(ENTRIES_AT_ONCE), offsets));
    for (StreamMessage<String, byte[]> entry : entries) {
      lastIds.put(entry.getStream(), entry.getId());
      frames.handOn(new StreamEntry(entry.getStream(), entry.getId()), entry.getBody(), false, to);
    }
    return !entries.isEmpty();
  }

  @Override
  public void close() {
    link.close();
  }
}
