package io.sidetrace.agent.transport;

import static io.sidetrace.agent.pipeline.Eventually.assertThatEventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.config.AgentConfig;
import io.sidetrace.agent.pipeline.Frames;
import io.sidetrace.agent.pipeline.LogLines;
import io.sidetrace.agent.pipeline.Pipeline;
import io.sidetrace.event.EventStream;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.RedisCluster;
import io.sidetrace.harness.RedisProcess;
import io.sidetrace.harness.RedisSentinels;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent's way to real Sentinels and a real Cluster whose masters die. */
class RedisFailoverTest {
  private static final Duration LIMIT = Duration.ofSeconds(40);

  @TempDir Path directory;

  private final LogLines lines = new LogLines();

  @Test
  void sentinels_nameTheMaster_beforeAndAfterItsDeath() throws Exception {
    try (RedisSentinels redis = RedisSentinels.start(directory.resolve("redis"));
        Pipeline pipeline = start(redis.url(), 1)) {
      RedisProcess first = redis.master();
      offer(pipeline, 0, 500);
      RedisProcess replica = redis.servers().get(redis.servers().indexOf(first) ^ 1);
      await("replicated", () -> ids(replica, EventStream.KEY).size() == 500);

      first.program().kill();
      offer(pipeline, 500, 700);
      redis.awaitFailover(first);
      offer(pipeline, 700, 1_000);

      await("all", () -> ids(redis.master(), EventStream.KEY).size() == 1_000);
      assertThatEventually(() -> assertThat(lines.toString()).contains("answers again"));
    }
  }

  @Test
  void aReplicaThatWasTheMaster_isLeft() throws Exception {
    try (RedisSentinels redis = RedisSentinels.start(directory.resolve("redis"));
        Pipeline pipeline = start(redis.url(), 1)) {
      RedisProcess first = redis.master();
      first.program().suspend();
      redis.awaitFailover(first);
      offer(pipeline, 0, 300);
      await("all", () -> ids(redis.master(), EventStream.KEY).size() == 300);
      first.program().resume();
      offer(pipeline, 300, 600);

      await("all", () -> ids(redis.master(), EventStream.KEY).size() == 600);
    }
  }

  @Test
  void aClustersNodes_nameTheMasterOfEachStream_alsoAfterOneDied() throws Exception {
    try (RedisCluster redis = RedisCluster.start(directory.resolve("redis"));
        Pipeline pipeline = start(redis.url(), 3)) {
      offer(pipeline, 0, 1);
      await("a connection", () -> idsOfAll(redis).size() == 1);
      offer(pipeline, 1, 600); // spread by trace, unless by way of the spool
      await("all", () -> idsOfAll(redis).size() == 600);
      String stream = EventStream.key(0, 3);
      RedisProcess first = redis.masterOf(stream);
      assertThat(ids(first, stream)).hasSizeBetween(100, 300);
      await("replicated", () -> replicaHasAll(redis, first));

      first.program().kill();
      offer(pipeline, 600, 800);
      redis.awaitFailover(stream, first);
      offer(pipeline, 800, 1_200);

      await("all", () -> idsOfAll(redis).size() == 1_200);
    }
  }

  private static boolean replicaHasAll(RedisCluster redis, RedisProcess master) {
    String told = master.command("INFO", "replication");
    return redis.nodes().stream()
        .filter(node -> told.contains("port=" + node.port() + ","))
        .anyMatch(replica -> offset(replica).equals(offset(master)));
  }

  private static String offset(RedisProcess server) {
    return server
        .command("INFO", "replication")
        .lines()
        .filter(line -> line.startsWith("master_repl_offset:"))
        .findFirst()
        .orElseThrow();
  }

  private static Set<String> idsOfAll(RedisCluster redis) {
    Set<String> ids = new HashSet<>();
    for (int n = 0; n < 3; n++) {
      ids.addAll(ids(redis.masterOf(EventStream.key(n, 3)), EventStream.key(n, 3)));
    }
    return ids;
  }

  private static Set<String> ids(RedisProcess redis, String stream) {
    Set<String> ids = new HashSet<>();
    try {
      RedisServer.at(redis.port()).events(stream).forEach(event -> ids.add(event.spanId()));
    } catch (Exception e) {
      throw new IllegalStateException("cannot look into " + redis.url(), e);
    }
    return ids;
  }

  private static void offer(Pipeline pipeline, long from, long to) {
    for (long i = from; i < to; i++) {
      pipeline.queue().offer(Frames.finished(i, 100));
    }
  }

  private void await(String what, BooleanSupplier condition) {
    Await.until(what, LIMIT, condition, lines::toString);
  }

  private Pipeline start(String url, int streams) throws Exception {
    Map<String, String> settings =
        Map.of(
            "sidetrace.spool",
            directory.resolve("spool").toString(),
            "sidetrace.redis.url",
            url,
            "sidetrace.redis.streams",
            "" + streams);
    AgentConfig config = AgentConfig.read("", settings, Map.of(), new ArrayList<>());
    return Pipeline.start(config, Frames.ORIGIN, lines.log());
  }
}
