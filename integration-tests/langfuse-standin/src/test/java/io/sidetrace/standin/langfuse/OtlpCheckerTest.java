package io.sidetrace.standin.langfuse;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The checker must find things, else the tests that rest on it prove nothing. */
class OtlpCheckerTest {
  @Test
  void check_findsNothing_inARightSpan() {
    assertThat(problems(span -> span)).isEmpty();
  }

  @Test
  void check_findsWrongIdsAndTimes() {
    assertThat(problems(span -> span.setTraceId(bytes(8)))).hasSize(1);
    assertThat(problems(span -> span.setSpanId(ByteString.copyFrom(new byte[8])))).hasSize(1);
    assertThat(problems(span -> span.setParentSpanId(bytes(7)))).hasSize(1);
    assertThat(problems(span -> span.setEndTimeUnixNano(1))).hasSize(1);
  }

  @Test
  void check_findsWhatLangfuseWouldMisread() {
    assertThat(
            problems(
                with(
                    "langfuse.trace.tags",
                    AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder()))))
        .hasSize(1);
    assertThat(problems(with("langfuse.observation.usage_details", text("{\"input\":1.5}"))))
        .hasSize(1);
    assertThat(problems(with("langfuse.observation.usage_details", text("{\"prompt_tokens\":1}"))))
        .hasSize(1);
    assertThat(problems(with("langfuse.observation.cost_details", text("{\"input\":\"1\"}"))))
        .hasSize(1);
    assertThat(problems(with("langfuse.environment", text("Langfuse Prod")))).hasSize(1);
    assertThat(problems(with("langfuse.user.id", text("x".repeat(201))))).hasSize(1);
    assertThat(problems(with("langfuse.observation.completion_start_time", text("now"))))
        .hasSize(1);
    assertThat(problems(with("langfuse.observation.level", text("ERROR")))).hasSize(1);
    assertThat(problems(with("langfuse.observation.prompt.name", text("p")))).hasSize(2);
    assertThat(problems(with("langfuse.internal.is_app_root", text("true")))).hasSize(2);
    assertThat(problems(with("gen_ai.tool.name", text("x")))).hasSize(1);
    assertThat(problems(with("langfuse.trace.name", text("twice")))).hasSize(1);
  }

  private static List<String> problems(UnaryOperator<Span.Builder> change) {
    Span.Builder span =
        Span.newBuilder()
            .setTraceId(bytes(16))
            .setSpanId(bytes(8))
            .setName("n")
            .setStartTimeUnixNano(2)
            .setEndTimeUnixNano(3);
    add(span, "langfuse.observation.type", text("span"));
    add(span, "langfuse.trace.name", text("t"));
    return OtlpChecker.check(
        ExportTraceServiceRequest.newBuilder()
            .addResourceSpans(
                ResourceSpans.newBuilder()
                    .setResource(
                        Resource.newBuilder()
                            .addAttributes(
                                KeyValue.newBuilder().setKey("service.name").setValue(text("s"))))
                    .addScopeSpans(ScopeSpans.newBuilder().addSpans(change.apply(span))))
            .build());
  }

  private static UnaryOperator<Span.Builder> with(String key, AnyValue.Builder value) {
    return span -> add(span, key, value);
  }

  private static Span.Builder add(Span.Builder span, String key, AnyValue.Builder value) {
    return span.addAttributes(KeyValue.newBuilder().setKey(key).setValue(value));
  }

  private static AnyValue.Builder text(String text) {
    return AnyValue.newBuilder().setStringValue(text);
  }

  private static ByteString bytes(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 7);
    return ByteString.copyFrom(bytes);
  }
}
