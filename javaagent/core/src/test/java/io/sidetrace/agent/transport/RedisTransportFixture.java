package io.sidetrace.agent.transport;

import io.sidetrace.agent.config.AgentConfig;
import io.sidetrace.agent.pipeline.Frames;
import io.sidetrace.agent.pipeline.LogLines;
import io.sidetrace.agent.pipeline.Pipeline;
import io.sidetrace.agent.pipeline.Spooled;
import io.sidetrace.event.Event;
import io.sidetrace.event.EventStream;
import io.sidetrace.event.Spool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A pipeline that ends in a real Redis, which each test starts, and in the spool before that. */
abstract class RedisTransportFixture {

  @TempDir Path directory;

  final LogLines lines = new LogLines();
  final Map<String, String> settings = new HashMap<>();
  Path root;
  RedisServer redis;

  @BeforeEach
  void prepare() throws Exception {
    root = directory.resolve("spool");
    redis = new RedisServer(Files.createDirectory(directory.resolve("redis")));
    settings.put("sidetrace.spool", root.toString());
    settings.put("sidetrace.redis.url", redis.url());
  }

  @AfterEach
  void stop() throws Exception {
    redis.close();
  }

  final Pipeline start() throws Exception {
    AgentConfig config = AgentConfig.read("", settings, Map.of(), new ArrayList<>());
    return Pipeline.start(config, Frames.ORIGIN, lines.log());
  }

  static void offer(Pipeline pipeline, long from, long to) {
    for (long i = from; i < to; i++) {
      pipeline.queue().offer(Frames.finished(i, 100));
    }
  }

  /** What is in the spool. */
  final List<Event> waiting() {
    return Spooled.events(Spooled.segments(root, Spool.OPEN));
  }

  /** Of the events in the stream. */
  final Set<String> ids() throws Exception {
    Set<String> ids = new HashSet<>();
    redis.events(EventStream.KEY).forEach(event -> ids.add(event.spanId()));
    return ids;
  }
}
