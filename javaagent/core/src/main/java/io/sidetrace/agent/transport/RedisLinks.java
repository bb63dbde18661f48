package io.sidetrace.agent.transport;

import io.sidetrace.event.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The way to all streams: one link, or in a cluster, whose nodes share them, one for each. They are
 * up or down together: while one is down, events wait in the spool.
 */
final class RedisLinks {
  private final byte[][] streams;
  private final List<RedisLink> links = new ArrayList<>();

  /**
   * @param target as for {@link RedisAddress#of}
   */
  RedisLinks(RedisTarget target, byte[][] streams) {
    this.streams = streams;
    boolean apart = RedisAddress.kindOf(target.url()) == RedisAddress.Kind.CLUSTER;
    for (int n = 0; n < (apart ? streams.length : 1); n++) {
      links.add(new RedisLink(target, streams[n]));
    }
  }

  void connect() {
    links.forEach(RedisLink::connect);
  }

  boolean connecting() {
    return links.stream().anyMatch(RedisLink::connecting);
  }

  boolean connected() {
    for (RedisLink link : links) { // asked for each bundle: without a stream's garbage
      if (!link.connected()) {
        return false;
      }
    }
    return true;
  }

  /** As {@link RedisLink#failure}, of any. */
  @Nullable Throwable failure() {
    for (RedisLink link : links) {
      Throwable failure = link.failure();
      if (failure != null) {
        return failure;
      }
    }
    return null;
  }

  /** Redis: XADD. */
  CompletableFuture<Object> add(int stream, Slice frames) {
    return to(stream).add(streams[stream], frames);
  }

  /** Redis: XLEN. */
  CompletableFuture<Object> length(int stream) {
    return to(stream).length(streams[stream]);
  }

  private RedisLink to(int stream) {
    return links.get(stream % links.size());
  }

  void flush() {
    links.forEach(RedisLink::flush);
  }

  void disconnect() {
    links.forEach(RedisLink::disconnect);
  }
}
