package io.sidetrace.daemon.export.langfuse;

import com.google.protobuf.MessageLite;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.sidetrace.daemon.shape.Observation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Spans in a request, one resource per service. The same observations give the same bytes. */
final class OtlpRequest {
  private static final InstrumentationScope SCOPE =
      InstrumentationScope.newBuilder().setName("sidetrace").build();

  private OtlpRequest() {}

  static ExportTraceServiceRequest of(List<Observation> observations) {
    Map<String, ScopeSpans.Builder> services = new LinkedHashMap<>();
    for (Observation observation : observations) {
      services
          .computeIfAbsent(
              observation.trace().service(), name -> ScopeSpans.newBuilder().setScope(SCOPE))
          .addSpans(LangfuseMapper.span(observation));
    }
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    services.forEach(
        (service, spans) ->
            request.addResourceSpans(
                ResourceSpans.newBuilder().setResource(resource(service)).addScopeSpans(spans)));
    return request.build();
  }

  private static Resource resource(String service) {
    return Resource.newBuilder()
        .addAttributes(
            KeyValue.newBuilder()
                .setKey("service.name")
                .setValue(AnyValue.newBuilder().setStringValue(service)))
        .build();
  }

  /** At the fastest level: JSON shrinks well at any, and a core has other work to do. */
  static byte[] gzip(MessageLite request) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(request.getSerializedSize() / 4 + 256);
    try (OutputStream gzip = new FastGzip(bytes)) {
      request.writeTo(gzip);
    } catch (IOException e) {
      throw new UncheckedIOException("an array took no more bytes", e);
    }
    return bytes.toByteArray();
  }

  private static final class FastGzip extends GZIPOutputStream {
    private FastGzip(OutputStream out) throws IOException {
      super(out, 8192);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
