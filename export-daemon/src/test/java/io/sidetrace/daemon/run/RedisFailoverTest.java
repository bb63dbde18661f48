package io.sidetrace.daemon.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.KeptProducer;
import io.sidetrace.daemon.Options;
import io.sidetrace.daemon.RedisProducer;
import io.sidetrace.event.EventStream;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.RedisCluster;
import io.sidetrace.harness.RedisProcess;
import io.sidetrace.harness.RedisSentinels;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import io.sidetrace.standin.langfuse.ReceivedSpan;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A daemon on real Sentinels and a real Cluster whose masters die under load. */
class RedisFailoverTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;
  private LangfuseStandIn langfuse;

  @BeforeEach
  void start() throws Exception {
    langfuse = LangfuseStandIn.start();
  }

  @AfterEach
  void stop() {
    langfuse.close();
    assertThat(langfuse.problems()).isEmpty();
  }

  @Test
  void sentinel_killsOfTheMaster_loseNothingThatRedisKept() throws Exception {
    try (RedisSentinels redis = RedisSentinels.start(folder);
        Daemon daemon = Daemon.start(options(redis.url()).build());
        KeptProducer producer = new KeptProducer(redis::master, EventStream.KEY)) {
      awaitExported(daemon, 200);

      RedisProcess dead = redis.master();
      dead.program().kill();
      redis.awaitFailover(dead);
      dead.restart();

      awaitMore(producer, 200);
      assertThatAllCome(producer.stop(), daemon);
      assertThatNothingIsLeft(redis.master(), EventStream.KEY);
    }
  }

  @Test
  void sentinel_replacesAMasterThatHangs_andTheDaemonFollows() throws Exception {
    try (RedisSentinels redis = RedisSentinels.start(folder);
        Daemon daemon = Daemon.start(options(redis.url()).build());
        KeptProducer producer = new KeptProducer(redis::master, EventStream.KEY)) {
      awaitExported(daemon, 200);

      RedisProcess frozen = redis.master();
      frozen.program().suspend();
      redis.awaitFailover(frozen);
      awaitMore(producer, 200);
      frozen.program().resume(); // it takes itself for the master until the sentinels tell it

      awaitMore(producer, 200);
      assertThatAllCome(producer.stop(), daemon);
      assertThatNothingIsLeft(redis.master(), EventStream.KEY);
    }
  }

  @Test
  void cluster_killOfAShardsMaster_losesNothingThatRedisKept() throws Exception {
    String hit = EventStream.key(1, 3);
    String other = EventStream.key(0, 3);
    Options options;
    try (RedisCluster redis = RedisCluster.start(folder)) {
      options = options(redis.url()).with("redis-streams", "3");
      try (Daemon daemon = Daemon.start(options.build());
          KeptProducer producer = new KeptProducer(() -> redis.masterOf(hit), hit)) {
        awaitExported(daemon, 200);
        assertThat(redis.masterOf(hit)).isNotSameAs(redis.masterOf(other));

        RedisProcess dead = redis.masterOf(hit);
        dead.program().kill();
        redis.awaitFailover(hit, dead);
        dead.restart();

        awaitMore(producer, 200);
        assertThatAllCome(producer.stop(), daemon);
        assertThatNothingIsLeft(redis.masterOf(hit), hit);
      }
    }
  }

  @Test
  void cluster_whileAShardIsAway_theOthersAreRead() throws Exception {
    whileAShardIsAway(RedisProcess::close, RedisProcess::restart);
  }

  @Test
  void cluster_whileAShardHangs_theOthersAreRead() throws Exception {
    whileAShardIsAway(node -> node.program().suspend(), node -> node.program().resume());
  }

  private void whileAShardIsAway(Consumer<RedisProcess> goAway, Consumer<RedisProcess> comeBack)
      throws Exception {
    String away = EventStream.key(1, 3);
    String other = EventStream.key(0, 3);
    try (RedisCluster redis = RedisCluster.start(folder, "--cluster-require-full-coverage", "no");
        RedisProducer toAway = new RedisProducer(redis.masterOf(away).url());
        RedisProducer toOther = new RedisProducer(redis.masterOf(other).url());
        Daemon daemon = Daemon.start(options(redis.url()).with("redis-streams", "3").build())) {
      toAway.addTo(away, FakeAgent.frame(0));
      toOther.addTo(other, FakeAgent.frame(1));
      awaitExported(daemon, 2);
      List<RedisProcess> shard = redis.shardOf(away);
      assertThat(shard).hasSize(2).doesNotContain(redis.masterOf(other));

      shard.forEach(goAway);
      Await.until("trouble", LIMIT, () -> daemon.sources().get(0).source().trouble() != null);
      for (int i = 2; i < 7; i++) {
        toOther.addTo(other, FakeAgent.frame(i));
        awaitExported(daemon, i + 1);
      }
      assertThat(daemon.sources().get(0).source().trouble()).startsWith(away);
      Await.until(
          "what is known of the others",
          LIMIT,
          () ->
              status(daemon)
                  .matches("(?s).*\"waiting\":0,.*\"unknown\":\\[[^]]*\"" + away + "\".*"),
          () -> status(daemon));

      shard.forEach(comeBack);
      Await.until("no trouble", LIMIT, () -> daemon.sources().get(0).source().trouble() == null);
      try (RedisProducer again = new RedisProducer(redis.masterOf(away).url())) {
        again.addTo(away, FakeAgent.frame(7));
      }
      awaitExported(daemon, 8);
    }
  }

  @Test
  void sentinels_mayAskForAPasswordOfTheirOwn() throws Exception {
    try (RedisSentinels redis = RedisSentinels.start(folder)) {
      try (RedisProducer producer = new RedisProducer(redis.master().url())) {
        producer.add(FakeAgent.frame(1));
      }
      redis.lock("watcher", "secret");

      try (Daemon daemon = Daemon.start(options(redis.url()).build())) {
        Await.until("trouble", LIMIT, () -> daemon.sources().get(0).source().trouble() != null);
      }
      Options known =
          options(redis.url())
              .with("redis-sentinel-user", "watcher")
              .with("redis-sentinel-password", "secret");
      try (Daemon daemon = Daemon.start(known.build())) {
        awaitExported(daemon, 1);
      }
    }
  }

  private static String status(Daemon daemon) {
    try (InputStream page =
        URI.create("http://127.0.0.1:" + daemon.opsPort() + "/status").toURL().openStream()) {
      return new String(page.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Options options(String url) {
    return Options.in(folder)
        .to(langfuse)
        .with("langfuse-timeout", "10s")
        .with("redis", url)
        .with("spool", "none");
  }

  private static void awaitExported(Daemon daemon, long events) {
    Await.until(
        events + " events",
        LIMIT,
        () -> daemon.ledger().exported() >= events,
        () -> daemon.ledger().inWords());
  }

  private static void awaitMore(KeptProducer producer, int events) {
    int before = producer.acknowledged();
    Await.until("more events", LIMIT, () -> producer.acknowledged() >= before + events);
  }

  private void assertThatAllCome(Set<Long> kept, Daemon daemon) {
    assertThat(kept).hasSizeGreaterThan(199);
    Set<String> ids =
        kept.stream().map(number -> String.format("%016x", number + 1)).collect(Collectors.toSet());
    Await.until(
        "all that Redis kept",
        LIMIT,
        () -> received().containsAll(ids),
        () -> {
          ids.removeAll(received());
          return ids + " lack; " + daemon.ledger().inWords();
        });
    long distinct = langfuse.spans().stream().map(ReceivedSpan::mergeKey).distinct().count();
    assertThat((long) received().size()).as("a repeat is the same").isEqualTo(distinct);
  }

  private static void assertThatNothingIsLeft(RedisProcess master, String stream) {
    Await.until("an empty stream", LIMIT, () -> master.command("XLEN", stream).equals("0"));
    Await.until(
        "nothing pending",
        LIMIT,
        () -> master.command("XPENDING", stream, EventStream.GROUP).startsWith("0 "));
  }

  private Set<String> received() {
    return langfuse.spans().stream().map(ReceivedSpan::spanId).collect(Collectors.toSet());
  }
}
