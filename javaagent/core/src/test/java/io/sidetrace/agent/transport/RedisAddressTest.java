package io.sidetrace.agent.transport;

import static io.sidetrace.agent.pipeline.Eventually.assertThatEventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sidetrace.agent.pipeline.Spooled;
import io.sidetrace.event.EventStream;
import io.sidetrace.event.Spool;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.HostAndPort;

class RedisAddressTest {
  private static final int EVENTS = 50;

  @TempDir Path directory;

  private Path root;
  private RedisServer redis;

  @BeforeEach
  void prepare() throws Exception {
    root = directory.resolve("spool");
    redis = new RedisServer(Files.createDirectory(directory.resolve("redis"))).start();
  }

  @AfterEach
  void stop() throws Exception {
    redis.close();
  }

  @Test
  void url_namesServerUserPasswordAndDatabase() {
    RedisAddress full = address("rediss://ada:se%3Acret@cache.example:7000/3");
    assertThat(full.seeds()).containsExactly(new HostAndPort("cache.example", 7000));
    assertThat(full.config().getUser()).isEqualTo("ada");
    assertThat(full.config().getPassword()).isEqualTo("se:cret");
    assertThat(full.config().getDatabase()).isEqualTo(3);
    assertThat(full.config().getSslOptions()).isNotNull();

    RedisAddress least = address("redis://cache");
    assertThat(least.seeds()).containsExactly(new HostAndPort("cache", 6379));
    assertThat(least.config().getUser()).isNull();
    assertThat(least.config().getPassword()).isNull();
    assertThat(least.config().getSslOptions()).isNull();

    RedisAddress onlyPassword = address("redis://:secret@cache");
    assertThat(onlyPassword.config().getUser()).isNull();
    assertThat(onlyPassword.config().getPassword()).isEqualTo("secret");
  }

  @Test
  void url_namesSentinelsAndNodes() {
    RedisAddress sentinels = address("rediss-sentinel://ada:pw@a,b:7000/2#events");
    assertThat(sentinels.kind()).isEqualTo(RedisAddress.Kind.SENTINEL);
    assertThat(sentinels.seeds())
        .containsExactly(new HostAndPort("a", 26379), new HostAndPort("b", 7000));
    assertThat(sentinels.master()).isEqualTo("events");
    assertThat(sentinels.config().getUser()).isEqualTo("ada");
    assertThat(sentinels.config().getDatabase()).isEqualTo(2);
    assertThat(sentinels.config().getSslOptions()).isNotNull();
    assertThat(sentinels.sentinelConfig().getUser()).isNull();
    assertThat(sentinels.sentinelConfig().getDatabase()).isZero();
    assertThat(sentinels.sentinelConfig().getSslOptions()).isNotNull();

    RedisAddress cluster = address("redis-cluster://:pw@a:1,b");
    assertThat(cluster.kind()).isEqualTo(RedisAddress.Kind.CLUSTER);
    assertThat(cluster.seeds())
        .containsExactly(new HostAndPort("a", 1), new HostAndPort("b", 6379));
    assertThat(cluster.config().getPassword()).isEqualTo("pw");

    assertThatThrownBy(() -> address("redis-sentinel://a,b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("redis.url names no master: add #name");
  }

  @Test
  void url_withoutHost_isRefused() {
    assertThatThrownBy(() -> address("redis:///3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("redis.url names no host");
  }

  @Test
  void aUserWhoMayOnlyAddAndAskForLength_isEnough() throws Exception {
    redis.command("ACL", "SETUSER", "ada", "on", ">se:cret", "~sidetrace:*", "+xadd", "+xlen");
    String url = redis.url().replace("redis://", "redis://ada:se%3Acret@");

    assertThatAllArrive(ProducerProcess.start("", root, EVENTS, false, url));
  }

  @Test
  void aWrongPassword_keepsEventsInTheSpoolAndStaysSecret() throws Exception {
    redis.command("ACL", "SETUSER", "ada", "on", ">secret", "~sidetrace:*", "+xadd", "+xlen");
    String url = redis.url().replace("redis://", "redis://ada:wrong-one@");
    ProducerProcess producer = ProducerProcess.start("", root, EVENTS, false, url);

    String output = producer.await("can't reach Redis 127.0.0.1:");
    assertThatEventually(() -> assertThat(waiting()).isEqualTo(EVENTS));
    producer.kill();

    assertThat(output).contains("WRONGPASS").doesNotContain("wrong-one");
  }

  private static RedisAddress address(String url) {
    return RedisAddress.of(RedisTarget.of(url));
  }

  private void assertThatAllArrive(ProducerProcess producer) throws Exception {
    producer.await("all offered");
    assertThatEventually(() -> assertThat(redis.events(EventStream.KEY)).hasSize(EVENTS));
    producer.kill();
  }

  private int waiting() {
    return Spooled.events(Spooled.segments(root, Spool.OPEN)).size();
  }
}
