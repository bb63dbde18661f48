package io.sidetrace.daemon.export.langfuse;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.sidetrace.daemon.shape.Observation;
import io.sidetrace.event.Event;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written by hand is read by protobuf. */
class OtlpRequestTest {

  static List<String> texts() {
    return List.of(
        "plain",
        "naïve, 日本語, 😀",
        "x".repeat(127),
        "x".repeat(128),
        "é".repeat(8192),
        "日".repeat(1_000_000));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aText_arrivesWhole(String text) throws InvalidProtocolBufferException {
    ExportTraceServiceRequest request = parse(List.of(observation("a", text)));

    Span span = request.getResourceSpans(0).getScopeSpans(0).getSpans(0);
    assertThat(text(span, "langfuse.observation.input")).isEqualTo(text);
    assertThat(text(span, "langfuse.observation.metadata.ключ")).isEqualTo(text);
    assertThat(request.getUnknownFields().asMap()).isEmpty();
    assertThat(span.getUnknownFields().asMap()).isEmpty();
  }

  @Test
  void halfACharacter_becomesAQuestionMark() throws InvalidProtocolBufferException {
    ExportTraceServiceRequest request = parse(List.of(observation("a", "cut \ud83d")));

    Span span = request.getResourceSpans(0).getScopeSpans(0).getSpans(0);
    assertThat(text(span, "langfuse.observation.input")).isEqualTo("cut ?");
  }

  @Test
  void services_areResourcesOfTheirOwn() throws InvalidProtocolBufferException {
    ExportTraceServiceRequest request =
        parse(List.of(observation("a", "1"), observation("b", "2"), observation("a", "3")));

    assertThat(request.getResourceSpansList())
        .map(resource -> resource.getScopeSpans(0).getSpansCount())
        .containsExactly(2, 1);
    assertThat(request.getResourceSpans(1).getResource().getAttributes(0).getValue())
        .extracting(value -> value.getStringValue())
        .isEqualTo("b");
  }

  private static ExportTraceServiceRequest parse(List<Observation> observations)
      throws InvalidProtocolBufferException {
    byte[] bytes = OtlpRequest.of(observations.stream().map(PreparedSpan::of).toList());
    ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(bytes);
    assertThat(request.getSerializedSize()).isEqualTo(bytes.length);
    return request;
  }

  private static String text(Span span, String key) {
    return span.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals(key))
        .map(KeyValue::getValue)
        .map(value -> value.getStringValue())
        .findFirst()
        .orElse("none");
  }

  private static Observation observation(String service, String text) {
    return new Observation(
        new Observation.Identity(
            "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331", null, false, 1, 2),
        "name",
        "span",
        Event.Level.DEFAULT,
        null,
        new Observation.Content(text, null, Map.of("ключ", text)),
        Observation.Model.NONE,
        new Observation.Trace(
            "trace", null, null, List.of("tag"), service, "i", "production", null, null));
  }
}
