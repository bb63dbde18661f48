package io.sidetrace.daemon.export.langfuse;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.sidetrace.daemon.DemoTrace;
import io.sidetrace.daemon.shape.Shaper;
import io.sidetrace.standin.langfuse.OtlpChecker;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The whole tree of one streaming request, field by field. */
class GoldenRequestTest {
  @Test
  void request_isTheGoldenOne() throws Exception {
    Shaper shaper = new Shaper(new Shaper.Defaults(null, null));
    List<PreparedSpan> spans =
        DemoTrace.frames(1).stream()
            .map(
                frame ->
                    shaper.shape(
                        frame.event(), frame.request().joined(), frame.response().joined()))
            .map(PreparedSpan::of)
            .toList();

    byte[] bytes = OtlpRequest.of(spans);

    ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(bytes);

    assertThat(OtlpChecker.check(request)).isEmpty();
    assertThat(text(request)).isEqualTo(golden(text(request)));
    assertThat(bytes).hasSize(request.getSerializedSize());
  }

  private static String text(ExportTraceServiceRequest request) {
    return TextFormat.printer().escapingNonAscii(false).printToString(request);
  }

  /** Run with -Dgolden.write=true to accept a change; the diff shows what it means. */
  private static String golden(String actual) throws Exception {
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(Path.of("src/test/resources/golden/streaming-request.txt"), actual);
    }
    try (InputStream file =
        GoldenRequestTest.class.getResourceAsStream("/golden/streaming-request.txt")) {
      assertThat(file).as("golden/streaming-request.txt").isNotNull();
      return ByteString.readFrom(file).toString(StandardCharsets.UTF_8);
    }
  }
}
