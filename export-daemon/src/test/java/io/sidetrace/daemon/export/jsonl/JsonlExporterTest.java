package io.sidetrace.daemon.export.jsonl;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.daemon.DemoTrace;
import io.sidetrace.daemon.export.Outcome;
import io.sidetrace.daemon.shape.Shaper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonlExporterTest {
  @TempDir Path folder;

  @Test
  void export_appendsALineEach() throws Exception {
    Path file = Files.writeString(folder.resolve("traces.jsonl"), "{}\n");

    try (JsonlExporter exporter = JsonlExporter.to(file.toString())) {
      assertThat(exporter.export(demo(exporter))).isInstanceOf(Outcome.Accepted.class);
    }

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).isEqualTo("{}");
    assertThat(lines.get(1))
        .startsWith(
            "{\"traceId\":\"4bf92f3577b34da6a3ce000000000001\",\"spanId\":\"00f067ac00000001\"")
        .contains("\"usage\":{\"input\":5,\"input_cached_tokens\":16,\"output\":9,\"total\":30}")
        .contains("\"output\":{\"role\":\"assistant\",\"content\":\"Fine, thank you.\"}")
        .contains("\"firstTokenTime\":\"2025-11-22T12:00:00.220Z\"")
        .endsWith("}");
    assertThat(lines.get(3)).contains("\"output\":\"data: Fine,\\n\\ndata:  thank you.\\n\\n\"");
  }

  @Test
  void export_isTriedAgain_whenTheFileCannotBeWritten() {
    try (JsonlExporter exporter = JsonlExporter.to(folder.toString())) {
      assertThat(exporter.export(demo(exporter))).isInstanceOf(Outcome.Retry.class);
    }
  }

  private static List<byte[]> demo(JsonlExporter exporter) {
    Shaper shaper = new Shaper(new Shaper.Defaults(null, null));
    return DemoTrace.frames(1).stream()
        .map(
            frame ->
                shaper.shape(frame.event(), frame.request().joined(), frame.response().joined()))
        .map(exporter::prepare)
        .toList();
  }
}
