package io.sidetrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.harness.Answer;
import io.sidetrace.harness.DemoApp;
import io.sidetrace.harness.Java;
import io.sidetrace.harness.Load;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another agent in the same JVM: both do their work. */
class BesideOpenTelemetryIT {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bothAgents_traceTheSameRequests(boolean weComeFirst) throws Exception {
    try (Scene scene = Scene.named("opentelemetry-" + (weComeFirst ? "after-us" : "before-us"))) {
      scene.daemon();
      DemoApp demo = scene.demo(Boot.THREE, both(scene, weComeFirst));

      List<Answer> answers = Load.inTurn("both", demo.url(), 3, 1);

      assertThat(answers).allMatch(Answer::isOk);
      scene.awaitTraces(answers);
      demo.program().stop();
      assertThat(demo.program().said())
          .contains("LoggingSpanExporter", "'POST /v1/chat/completions'");
    }
  }

  private static Java both(Scene scene, boolean weComeFirst) {
    String other = "-javaagent:" + Scene.file("opentelemetry.jar");
    Java java = Java.forApplications();
    java = weComeFirst ? scene.tracing(java).options(other) : scene.tracing(java.options(other));
    return java.environment("OTEL_TRACES_EXPORTER", "logging")
        .environment("OTEL_METRICS_EXPORTER", "none")
        .environment("OTEL_LOGS_EXPORTER", "none");
  }
}
