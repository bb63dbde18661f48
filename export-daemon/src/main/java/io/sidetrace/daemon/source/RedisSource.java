package io.sidetrace.daemon.source;

import io.lettuce.core.RedisException;
import io.sidetrace.event.EventStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads streams as one of a consumer group, see {@link EventStream}. An entry is deleted and
 * acknowledged once all its frames are settled. Whatever Redis does, go away, hang, load or forget,
 * it is tried again, and what was pending is found again.
 */
public final class RedisSource implements Source {
  /** Entries held at most; then no new ones are read. Each costs some 300 bytes here. */
  private static final int MAX_HELD = 20_000;

  /** Streams are read side by side; after so long none is behind another because of a restart. */
  private static final Duration EVEN = Duration.ofMinutes(1);

  private final Access access;
  private final List<String> streams;
  private final RedisLink link;
  private final List<RedisStreams> parts;
  private final long startedNanos = System.nanoTime();
  private volatile boolean alone;

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
    this.link = new RedisLink(access.target(), RedisStreams.BLOCK);
    List<List<String>> together = link.together(streams);
    RedisStreams.Limits limits =
        new RedisStreams.Limits(MAX_HELD / together.size(), together.size() == 1);
    this.parts =
        together.stream().map(each -> new RedisStreams(each, access, limits, link, bell)).toList();
  }

  @Override
  public String name() {
    return "redis";
  }

  @Override
  public boolean read(Intake to) {
    boolean continuous =
        alone && (streams.size() == 1 || System.nanoTime() - startedNanos > EVEN.toNanos());
    boolean read = false;
    for (RedisStreams part : parts) {
      read |= part.read(continuous, to);
    }
    return read;
  }

  @Override
  public void acknowledge() {
    parts.forEach(RedisStreams::acknowledge);
  }

  @Override
  public Backlog backlog() throws IOException {
    try {
      Backlog found =
          RedisBacklog.of(link.watcher(), streams, access.consumer(), link::dropWatcherAfter);
      if (found.unknown().isEmpty()) {
        alone = !found.shared();
      }
      return found;
    } catch (RedisException e) {
      link.dropWatcherAfter(e);
      throw new IOException(RedisLink.reason(e), e);
    }
  }

  @Override
  public @Nullable String trouble() {
    String troubles =
        parts.stream()
            .map(RedisStreams::trouble)
            .filter(Objects::nonNull)
            .collect(Collectors.joining("; "));
    return troubles.isEmpty() ? null : troubles;
  }

  @Override
  public void close() {
    parts.forEach(RedisStreams::handBack);
    link.close();
  }
}
