package io.sidetrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sidetrace.harness.Answer;
import io.sidetrace.harness.Ask;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.DaemonProcess;
import io.sidetrace.harness.DemoApp;
import io.sidetrace.harness.Java;
import io.sidetrace.harness.Load;
import io.sidetrace.harness.RedisProcess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Under load: the application answers as ever, every trace arrives whole, and the books balance.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoadIT {
  private final Map<Ask, String> withoutAgent = new HashMap<>();

  @BeforeAll
  void askWithoutTheAgent() throws Exception {
    try (Scene scene = Scene.named("load-without-agent")) {
      DemoApp demo = scene.demo(Boot.THREE, Java.forApplications());
      List<Answer> all = Load.inTurn("all", demo.url(), 3 * Limits.QUESTIONS, Limits.QUESTIONS);
      assertThat(all).allMatch(Answer::isOk);
      all.forEach(answer -> withoutAgent.put(answer.ask(), answer.body()));
    }
  }

  @Test
  void spool_carriesEveryTraceAndTheLedgersBalance() throws Exception {
    try (Scene scene = Scene.named("load-spool")) {
      DaemonProcess daemon = scene.daemon();
      DemoApp demo = scene.demo(Boot.THREE, scene.traced().options(Scene.FULL_SPEED));

      loadAndCheck(scene, demo, daemon);
    }
  }

  @Test
  void redis_carriesEveryTraceAndTheLedgersBalance() throws Exception {
    try (Scene scene = Scene.named("load-redis")) {
      RedisProcess redis = scene.redis();
      DaemonProcess daemon = scene.daemon(redis);
      DemoApp demo = scene.demo(Boot.THREE, scene.traced(redis).options(Scene.FULL_SPEED));

      loadAndCheck(scene, demo, daemon);
      assertThat(redis.command("XLEN", "sidetrace:events")).isEqualTo("0");
    }
  }

  private void loadAndCheck(Scene scene, DemoApp demo, DaemonProcess daemon) {
    List<Answer> answers = new ArrayList<>(Limits.warm(demo));
    Load load = Load.start("load", demo.url(), Limits.PER_SECOND, Limits.QUESTIONS);
    long enough = Limits.PER_SECOND * Limits.load().toSeconds();
    Limits.awaitAnswers(load, enough);
    answers.addAll(load.finish());
    System.out.println("load: " + Load.inWords(load.latency()));

    assertThat(answers)
        .allSatisfy(
            answer -> {
              assertThat(answer.status()).isEqualTo(200);
              assertThat(answer.body()).isEqualTo(withoutAgent.get(answer.ask()));
            });
    Traces traces = scene.awaitTraces(answers);
    assertThat(traces.broken()).isEmpty();
    assertThat(traces.repeats()).isZero();
    assertThat(scene.langfuse().problems()).isEmpty();
    agentsBooksBalance(scene, answers.size() * 3L);
    daemonsBooksBalance(daemon, answers.size() * 3L);
  }

  private static void agentsBooksBalance(Scene scene, long spans) {
    SpoolFiles spool = new SpoolFiles(scene.spool());
    Await.until(
        "the agent to write down " + spans + " events as sent",
        Limits.DELIVERY,
        () -> spool.ledgers().stream().anyMatch(ledger -> ledger.path("sent").asLong() == spans),
        () -> spool.ledgers().toString());
    JsonNode ledger = spool.ledgers().get(0);
    assertThat(ledger.path("captured").asLong()).isEqualTo(spans);
    assertThat(ledger.path("queued").asLong()).isZero();
    assertThat(ledger.path("dropped")).allMatch(cause -> cause.asLong() == 0);
  }

  private static void daemonsBooksBalance(DaemonProcess daemon, long spans) {
    assertThat(daemon.program().stop()).isZero();
    assertThat(daemon.program().said())
        .contains("received " + spans + " = exported " + spans + " + dead-lettered 0");
  }
}
