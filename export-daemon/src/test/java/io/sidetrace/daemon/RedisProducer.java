package io.sidetrace.daemon;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.sidetrace.event.EventStream;
import io.sidetrace.event.Frame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds entries to a stream as agents and other producers do. */
public final class RedisProducer implements AutoCloseable {
  private final RedisClient client;
  private final RedisCommands<String, byte[]> commands;

  public RedisProducer(String url) {
    this(url, RedisURI.DEFAULT_TIMEOUT_DURATION);
  }

  /**
   * @param timeout after which a command fails; Redis may do it all the same
   */
  public RedisProducer(String url, Duration timeout) {
    RedisURI uri = RedisURI.create(url);
    uri.setTimeout(timeout);
    client = RedisClient.create(uri);
    commands = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE)).sync();
  }

  public RedisCommands<String, byte[]> commands() {
    return commands;
  }

  /** One entry with these frames. */
  public void add(Frame... frames) {
    addTo(EventStream.KEY, frames);
  }

  public void addTo(String stream, Frame... frames) {
    byte[] segment = FakeAgent.segmentOf(List.of(frames));
    byte[] withoutMagic = Arrays.copyOfRange(segment, 4, segment.length);
    commands.xadd(stream, Map.of(EventStream.FRAMES, withoutMagic));
  }

  /** One entry of texts: field, value, field, value… */
  public void addTexts(String... fields) {
    Map<String, byte[]> body = new LinkedHashMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      body.put(fields[i], fields[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    commands.xadd(EventStream.KEY, body);
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
