package io.sidetrace.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.Options;
import io.sidetrace.daemon.RedisProducer;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.RedisProcess;
import io.sidetrace.harness.TestCertificates;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS with a real Redis, users with few rights, and URLs that are none. */
class RedisAccessTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;
  private LangfuseStandIn langfuse;
  private TestCertificates certificates;
  private RedisProcess redis;
  private int tlsPort;

  @BeforeEach
  void start() throws Exception {
    langfuse = LangfuseStandIn.start();
    certificates = TestCertificates.in(folder.resolve("tls"));
  }

  @AfterEach
  void stop() {
    redis.close();
    langfuse.close();
    assertThat(langfuse.problems()).isEmpty();
  }

  @Test
  void tls_withAnAuthorityOfItsOwn_andAUserOfFewRights() throws Exception {
    startRedis("--tls-auth-clients", "no");
    redis.command(
        "ACL", "SETUSER", "daemon", "on", ">se:cret", "~sidetrace:*", "+@stream", "+@connection");
    Options options =
        options("rediss://daemon:se%3Acret@localhost:" + tlsPort)
            .with("redis-ca", certificates.authority().toString());

    try (Daemon daemon = Daemon.start(options.build())) {
      awaitExported(daemon);
    }
  }

  @Test
  void tls_toARedisThatAsksForACertificate() throws Exception {
    startRedis("--tls-auth-clients", "yes");
    Options options =
        options("rediss://localhost:" + tlsPort)
            .with("redis-ca", certificates.authority().toString());

    try (Daemon daemon = Daemon.start(options.build())) {
      awaitTrouble(daemon);
    }
    options
        .with("redis-cert", certificates.certificate().toString())
        .with("redis-key", certificates.key().toString());
    try (Daemon daemon = Daemon.start(options.build())) {
      awaitExported(daemon);
    }
  }

  @Test
  void tls_isNotSpokenWithAServerNobodyVouchesFor_orOfAnotherName() throws Exception {
    startRedis("--tls-auth-clients", "no");

    try (Daemon daemon = Daemon.start(options("rediss://localhost:" + tlsPort).build())) {
      assertThat(awaitTrouble(daemon)).contains("unable to find valid certification path");
    }
    Options otherName =
        options("rediss://127.0.0.1:" + tlsPort)
            .with("redis-ca", certificates.authority().toString());
    try (Daemon daemon = Daemon.start(otherName.build())) {
      assertThat(awaitTrouble(daemon)).contains("127.0.0.1");
    }
    assertThat(redis.command("XLEN", "sidetrace:events")).isEqualTo("1");
  }

  @Test
  void urlsAndFilesThatMakeNoSense_areRefusedAtTheStart() throws Exception {
    startRedis("--tls-auth-clients", "no");

    assertThatThrownBy(() -> options("reddis://localhost").build())
        .hasMessageContaining("redis is no URL of Redis; write redis://host:6379");
    assertThatThrownBy(() -> options("redis-sentinel://localhost:26379").build())
        .hasMessageContaining("names no master: add #name");
    assertThatThrownBy(() -> options("redis://localhost").with("redis-ca", "nowhere.pem").build())
        .hasMessageContaining("cannot read nowhere.pem");
    assertThatThrownBy(
            () ->
                options("rediss://localhost")
                    .with("redis-key", certificates.key().toString())
                    .build())
        .hasMessageContaining("belong together");
    assertThat(options("redis-cluster://u:p@a:1,b:2").build().redisTarget()).isNotNull();
  }

  private void startRedis(String... settings) throws Exception {
    tlsPort = RedisProcess.freePort();
    List<String> all = new ArrayList<>(certificates.ofRedis(tlsPort));
    all.addAll(List.of(settings));
    redis = RedisProcess.start(folder.resolve("redis"), all.toArray(String[]::new));
    try (RedisProducer producer = new RedisProducer(redis.url())) {
      producer.add(FakeAgent.frame(1));
    }
  }

  private Options options(String url) {
    return Options.in(folder).to(langfuse).with("redis", url).with("spool", "none");
  }

  private static void awaitExported(Daemon daemon) {
    Await.until(
        "the event",
        LIMIT,
        () -> daemon.ledger().exported() == 1,
        () -> daemon.ledger().inWords() + " " + daemon.sources().get(0).source().trouble());
  }

  private static String awaitTrouble(Daemon daemon) {
    Await.until("trouble", LIMIT, () -> daemon.sources().get(0).source().trouble() != null);
    return String.valueOf(daemon.sources().get(0).source().trouble());
  }
}
