package io.sidetrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sidetrace.harness.Answer;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.DaemonProcess;
import io.sidetrace.harness.DemoApp;
import io.sidetrace.harness.Load;
import io.sidetrace.harness.RedisProcess;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** {@code kill -9} in the middle of a load. */
class KillIT {
  private static final int SOME = Limits.PER_SECOND * 3 / 2;

  @Test
  void application_leavesAllThatReachedTheSpool() throws Exception {
    try (Scene scene = Scene.named("kill-application")) {
      DemoApp demo = scene.demo(Boot.THREE, scene.traced());
      Limits.warm(demo);
      Load load = Load.start("kill", demo.url(), Limits.PER_SECOND, Limits.QUESTIONS);
      Limits.awaitAnswers(load, 2L * SOME);

      demo.program().kill();
      load.finish();

      List<JsonNode> spooled = new SpoolFiles(scene.spool()).events();
      assertThat(spooled.size()).isGreaterThan(3 * SOME);
      assertThat(spooled.stream().mapToLong(event -> event.get("sequence").asLong()))
          .containsExactlyElementsOf(LongStream.range(0, spooled.size()).boxed().toList());
      DaemonProcess daemon = scene.daemon();
      Await.until(
          "all " + spooled.size() + " spooled events in Langfuse",
          Limits.DELIVERY,
          () -> missing(scene, spooled) == 0,
          () -> missing(scene, spooled) + " are missing");
      assertThat(scene.langfuse().spans().size()).isEqualTo(spooled.size());
      assertThat(daemon.program().stop()).isZero();
      assertThat(scene.langfuse().problems()).isEmpty();
    }
  }

  @Test
  void daemon_losesNothingAndRepeatsReplace() throws Exception {
    try (Scene scene = Scene.named("kill-daemon")) {
      DemoApp demo = scene.demo(Boot.THREE, scene.traced());
      DaemonProcess daemon = scene.daemon();
      Limits.warm(demo);
      Load load = Load.start("kill", demo.url(), Limits.PER_SECOND, Limits.QUESTIONS);

      for (long kills = 1; kills <= 3; kills++) {
        Limits.awaitAnswers(load, kills * SOME);
        daemon.program().kill();
        daemon = scene.daemon();
      }
      Limits.awaitAnswers(load, 4L * SOME);

      everyTraceArrives(scene, load.finish());
    }
  }

  @Test
  void redis_losesNothingItHadTaken() throws Exception {
    try (Scene scene = Scene.named("kill-redis")) {
      RedisProcess redis = scene.redis();
      scene.daemon(redis);
      DemoApp demo = scene.demo(Boot.THREE, scene.traced(redis));
      Limits.warm(demo);
      Load load = Load.start("kill", demo.url(), Limits.PER_SECOND, Limits.QUESTIONS);

      Limits.awaitAnswers(load, SOME);
      redis.program().kill();
      Limits.awaitAnswers(load, 3L * SOME);
      redis.restart();
      Limits.awaitAnswers(load, 5L * SOME);

      everyTraceArrives(scene, load.finish());
    }
  }

  private static void everyTraceArrives(Scene scene, List<Answer> answers) {
    assertThat(answers).allMatch(Answer::isOk);
    Traces traces = scene.awaitTraces(answers);
    System.out.println(answers.size() + " traces, " + traces.repeats() + " spans repeated");
    assertThat(traces.broken()).isEmpty();
    assertThat(scene.langfuse().problems()).isEmpty();
  }

  private static long missing(Scene scene, List<JsonNode> events) {
    Traces traces = new Traces(scene.langfuse().spans());
    return events.stream()
        .filter(e -> !traces.hasSpan(e.get("traceId").asText(), e.get("spanId").asText()))
        .count();
  }
}
