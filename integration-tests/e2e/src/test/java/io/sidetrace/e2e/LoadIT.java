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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Under load: the application answers as ever, every trace arrives whole, and the books balance.
 */
class LoadIT {
  private static final Map<Boot, Map<Ask, String>> WITHOUT_AGENT = new EnumMap<>(Boot.class);

  @BeforeAll
  static void askWithoutTheAgent() throws Exception {
    for (Boot boot : List.of(Boot.THREE, Boot.FOUR)) {
      try (Scene scene = Scene.named("load-without-agent-" + boot)) {
        DemoApp demo = scene.demo(boot, Java.forApplications());
        List<Answer> all = Load.inTurn("all", demo.url(), 3 * Limits.QUESTIONS, Limits.QUESTIONS);
        assertThat(all).allMatch(Answer::isOk);
        Map<Ask, String> bodies = new HashMap<>();
        all.forEach(answer -> bodies.put(answer.ask(), answer.body()));
        WITHOUT_AGENT.put(boot, bodies);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"THREE", "FOUR"})
  void spool_carriesEveryTraceAndTheLedgersBalance(Boot boot) throws Exception {
    try (Scene scene = Scene.named("load-spool-" + boot)) {
      DaemonProcess daemon = scene.daemon();
      DemoApp demo = scene.demo(boot, scene.traced().options(Scene.FULL_SPEED));

      loadAndCheck(scene, demo, daemon, WITHOUT_AGENT.get(boot));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"THREE", "FOUR"})
  void redis_carriesEveryTraceAndTheLedgersBalance(Boot boot) throws Exception {
    try (Scene scene = Scene.named("load-redis-" + boot)) {
      RedisProcess redis = scene.redis();
      DaemonProcess daemon = scene.daemon(redis);
      DemoApp demo = scene.demo(boot, scene.traced(redis).options(Scene.FULL_SPEED));

      loadAndCheck(scene, demo, daemon, WITHOUT_AGENT.get(boot));
      assertThat(redis.command("XLEN", "sidetrace:events")).isEqualTo("0");
    }
  }

  private static void loadAndCheck(
      Scene scene, DemoApp demo, DaemonProcess daemon, Map<Ask, String> withoutAgent) {
    List<Answer> answers = new ArrayList<>(Limits.warm(demo));
    Load load = Load.start("load", demo.url(), Limits.PER_SECOND, Limits.QUESTIONS);
    long enough = Limits.PER_SECOND * Limits.load().toSeconds();
    Limits.awaitAnswers(load, enough);
    answers.addAll(load.finish());
    System.out.println("load: " + Load.inWords(load.latency()));

    assertThat(answers)
        .filteredOn(a -> !a.isOk() || !a.body().equals(withoutAgent.get(a.ask())))
        .isEmpty();
    Traces traces = scene.awaitTraces(answers);
    System.out.println(answers.size() + " traces, " + traces.repeats() + " spans repeated");
    assertThat(traces.broken()).isEmpty();
    assertThat(scene.langfuse().problems()).isEmpty();
    agentsBooksBalance(scene, answers.size() * 3L);
    // A Redis that answers too late on a busy machine is sent the same again: at least once.
    daemonsBooksBalance(daemon, answers.size() * 3L + traces.repeats());
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
