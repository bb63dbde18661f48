package io.sidetrace.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.harness.Ask;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.DemoApp;
import io.sidetrace.harness.Load;
import io.sidetrace.harness.RedisProcess;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every field of every span of four requests, as Langfuse gets them, on both generations of Spring
 * Boot, each of its servers, and both roads. After a change that is meant, {@code
 * -Dgolden.directory=src/test/resources} writes the golden files anew.
 */
class TraceTreeIT {
  private static final String GOLDEN = "trace-tree.txt";

  private static final String GOLDEN_WEBFLUX = "trace-tree-webflux.txt";

  /**
   * One whose answer has characters of two and three bytes, but none that Spring Boot 3 escapes.
   */
  private static final int QUESTION = 8;

  @ParameterizedTest
  @CsvSource({
    "THREE, false",
    "FOUR, false",
    "THREE_ON_JETTY, false",
    "THREE_ON_UNDERTOW, false",
    "FOUR_ON_JETTY, false",
    "THREE, true",
    "FOUR, true"
  })
  void traces_areAsInTheGoldenFile(Boot boot, boolean throughRedis) throws Exception {
    try (Scene scene = Scene.named("tree-" + boot + (throughRedis ? "-redis" : "-spool"))) {
      DemoApp demo;
      if (throughRedis) {
        RedisProcess redis = scene.redis();
        scene.daemon(redis);
        demo = scene.demo(boot, scene.traced(redis));
      } else {
        scene.daemon();
        demo = scene.demo(boot, scene.traced());
      }

      String trees =
          tree(scene, demo, Ask.Kind.PLAIN, 3)
              + tree(scene, demo, Ask.Kind.STREAM, 3)
              + tree(scene, demo, Ask.Kind.RELAY, 3)
              + tree(scene, demo, Ask.Kind.FAILING_MODEL, 4);

      assertThat(scene.langfuse().problems()).isEmpty();
      assertThat(differences(golden(GOLDEN, trees), trees)).isEmpty();
    }
  }

  /** The service that never blocks has no spans of controllers, see its instrumentation's page. */
  @ParameterizedTest
  @EnumSource(names = {"THREE_WEBFLUX", "FOUR_WEBFLUX"})
  void tracesOfWebFlux_areAsInTheirGoldenFile(Boot boot) throws Exception {
    try (Scene scene = Scene.named("tree-" + boot)) {
      scene.daemon();
      DemoApp demo = scene.demo(boot, scene.traced());

      String trees =
          tree(scene, demo, Ask.Kind.PLAIN, 2)
              + tree(scene, demo, Ask.Kind.STREAM, 2)
              + tree(scene, demo, Ask.Kind.FAILING_MODEL, 2);

      assertThat(scene.langfuse().problems()).isEmpty();
      assertThat(differences(golden(GOLDEN_WEBFLUX, trees), trees)).isEmpty();
    }
  }

  private static String tree(Scene scene, DemoApp demo, Ask.Kind kind, int spans) {
    Load.once(demo.url(), "id-" + kind, new Ask(kind, QUESTION));
    Await.until(
        spans + " spans of " + kind,
        Limits.DELIVERY,
        () -> new Traces(scene.langfuse().spans()).of("id-" + kind).size() >= spans,
        () -> scene.langfuse().spans().toString());
    return TreeText.of(kind.name(), new Traces(scene.langfuse().spans()).of("id-" + kind));
  }

  /** The lines that are not the same, of either. */
  private static List<String> differences(String golden, String now) {
    List<String> lines = new ArrayList<>();
    List<String> expected = golden.lines().toList();
    List<String> actual = now.lines().toList();
    for (int i = 0; i < Math.max(expected.size(), actual.size()) && lines.size() < 20; i++) {
      String was = i < expected.size() ? expected.get(i) : "(no line)";
      String is = i < actual.size() ? actual.get(i) : "(no line)";
      if (!was.equals(is)) {
        lines.add("line " + (i + 1) + " golden: " + was + "\nline " + (i + 1) + " now:    " + is);
      }
    }
    return lines;
  }

  private static String golden(String name, String now) throws Exception {
    String directory = System.getProperty("golden.directory");
    if (directory != null) {
      Files.writeString(Path.of(directory, name), now);
      return now;
    }
    try (InputStream in = TraceTreeIT.class.getResourceAsStream("/" + name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
