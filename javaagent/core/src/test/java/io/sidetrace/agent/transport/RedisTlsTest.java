package io.sidetrace.agent.transport;

import static io.sidetrace.agent.pipeline.Eventually.assertThatEventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sidetrace.agent.pipeline.Pipeline;
import io.sidetrace.event.EventStream;
import io.sidetrace.harness.RedisProcess;
import io.sidetrace.harness.TestCertificates;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** TLS with a real redis-server: whom the agent trusts there, and what it shows. */
class RedisTlsTest extends RedisTransportFixture {
  private static final int EVENTS = 50;

  private TestCertificates certificates;
  private int tlsPort;

  @BeforeEach
  void prepareTls() throws Exception {
    certificates = TestCertificates.in(directory.resolve("tls"));
    tlsPort = RedisProcess.freePort();
    settings.put("sidetrace.redis.url", "rediss://localhost:" + tlsPort);
  }

  @Test
  void anAuthorityOfOnesOwn_isTrusted() throws Exception {
    startRedis("--tls-auth-clients", "no");
    settings.put("sidetrace.redis.ca", certificates.authority().toString());

    try (Pipeline pipeline = start()) {
      offer(pipeline, 0, EVENTS);

      assertThatAllArrive();
    }
  }

  @Test
  void aServerNobodyVouchesFor_isNotSpokenWith() throws Exception {
    startRedis("--tls-auth-clients", "no");

    try (Pipeline pipeline = start()) {
      offer(pipeline, 0, EVENTS);

      assertThatAllWaitFor("unable to find valid certification path");
    }
  }

  @Test
  void aServerOfAnotherName_isNotSpokenWith() throws Exception {
    startRedis("--tls-auth-clients", "no");
    settings.put("sidetrace.redis.url", "rediss://127.0.0.1:" + tlsPort);
    settings.put("sidetrace.redis.ca", certificates.authority().toString());

    try (Pipeline pipeline = start()) {
      offer(pipeline, 0, EVENTS);

      assertThatAllWaitFor("No subject alternative names matching IP address 127.0.0.1");
    }
  }

  @Test
  void aRedisThatAsksForACertificate_isShownOne() throws Exception {
    startRedis("--tls-auth-clients", "yes");
    settings.put("sidetrace.redis.ca", certificates.authority().toString());
    try (Pipeline pipeline = start()) {
      offer(pipeline, 0, EVENTS);

      assertThatAllWaitFor("events wait in the spool until it answers");
    }

    settings.put("sidetrace.spool", directory.resolve("second").toString());
    settings.put("sidetrace.redis.cert", certificates.certificate().toString());
    settings.put("sidetrace.redis.key", certificates.key().toString());
    try (Pipeline pipeline = start()) {
      offer(pipeline, 0, EVENTS);

      assertThatAllArrive();
    }
  }

  @Test
  void aFileThatComesLater_isReadThen() throws Exception {
    startRedis("--tls-auth-clients", "no");
    Path later = directory.resolve("later.pem");
    settings.put("sidetrace.redis.ca", later.toString());

    try (Pipeline pipeline = start()) {
      offer(pipeline, 0, EVENTS);
      assertThatAllWaitFor(later + " (No such file or directory)");
      Files.copy(certificates.authority(), later);

      assertThatAllArrive();
    }
  }

  @Test
  void theJvmsTrust_isEnough() throws Exception {
    startRedis("--tls-auth-clients", "no");
    String trust = String.join(" ", certificates.trustOfAJvm());
    ProducerProcess producer =
        ProducerProcess.start(
            "export JAVA_TOOL_OPTIONS='" + trust + "';",
            root,
            EVENTS,
            false,
            "rediss://localhost:" + tlsPort);

    assertThatAllArrive();
    producer.kill();
  }

  @Test
  void sentinelsAreAskedAsTheServersAre() {
    RedisAddress address =
        RedisAddress.of(
            new RedisTarget(
                "rediss-sentinel://ada:pw@a#events",
                certificates.authority().toFile(),
                certificates.certificate().toFile(),
                certificates.key().toFile()));

    assertThat(address.config().getSslOptions()).isNotNull();
    assertThat(address.sentinelConfig().getSslOptions()).isSameAs(address.config().getSslOptions());
  }

  @Test
  void filesThatHoldSomethingElse_areNamed() throws Exception {
    Path certificate = certificates.certificate();
    Path key = certificates.key();

    assertThatThrownBy(() -> Pem.certificates(key.toFile())).hasMessageContaining(key.toString());
    assertThatThrownBy(() -> Pem.key(certificate.toFile()))
        .hasMessage(certificate + " holds no key in PEM, PKCS 8 without a password");
    Path empty = Files.createFile(directory.resolve("empty.pem"));
    assertThatThrownBy(() -> Pem.certificates(empty.toFile()))
        .hasMessage(empty + " holds no certificate in PEM");
  }

  private void startRedis(String... more) throws Exception {
    List<String> all = new ArrayList<>(certificates.ofRedis(tlsPort));
    all.addAll(List.of(more));
    redis.start(all.toArray(String[]::new));
  }

  private void assertThatAllArrive() throws Exception {
    assertThatEventually(() -> assertThat(redis.events(EventStream.KEY)).hasSize(EVENTS));
  }

  private void assertThatAllWaitFor(String reason) throws Exception {
    assertThatEventually(
        () -> {
          assertThat(lines.toString()).contains(reason);
          assertThat(waiting()).hasSize(EVENTS);
        });
    assertThat(redis.length(EventStream.KEY)).isZero();
  }
}
