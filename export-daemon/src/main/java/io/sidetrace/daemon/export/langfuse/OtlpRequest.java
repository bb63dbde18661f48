package io.sidetrace.daemon.export.langfuse;

import com.google.protobuf.CodedOutputStream;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Spans in an {@link ExportTraceServiceRequest}, one resource per service. Written from the inside
 * out, since protobuf tells lengths first: the spans, then what stands around them.
 */
final class OtlpRequest {
  private static final byte[] SCOPE =
      ScopeSpans.newBuilder()
          .setScope(InstrumentationScope.newBuilder().setName("sidetrace"))
          .build()
          .toByteArray();

  private OtlpRequest() {}

  /** The message. The same spans give the same bytes. */
  static byte[] of(List<PreparedSpan> batch) {
    Map<String, Service> services = new LinkedHashMap<>();
    for (PreparedSpan span : batch) {
      services.computeIfAbsent(span.service(), Service::new).add(span.message());
    }
    int size = 0;
    for (Service service : services.values()) {
      size += service.fieldSize();
    }
    byte[] request = new byte[size];
    CodedOutputStream out = CodedOutputStream.newInstance(request);
    try {
      for (Service service : services.values()) {
        service.writeTo(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("an array of the right size was too small", e);
    }
    return request;
  }

  /** {@code ResourceSpans} with its field in the request. */
  private static final class Service {
    private final byte[] resource;
    private final List<byte[]> spans = new ArrayList<>();
    private int scopeSpans = SCOPE.length;

    private Service(String name) {
      resource = resource(name).toByteArray();
    }

    private static ResourceSpans resource(String service) {
      KeyValue name =
          KeyValue.newBuilder()
              .setKey("service.name")
              .setValue(AnyValue.newBuilder().setStringValue(service))
              .build();
      return ResourceSpans.newBuilder()
          .setResource(Resource.newBuilder().addAttributes(name))
          .build();
    }

    void add(byte[] span) {
      spans.add(span);
      scopeSpans += Delimited.size(ScopeSpans.SPANS_FIELD_NUMBER, span.length);
    }

    private int size() {
      return resource.length + Delimited.size(ResourceSpans.SCOPE_SPANS_FIELD_NUMBER, scopeSpans);
    }

    int fieldSize() {
      return Delimited.size(ExportTraceServiceRequest.RESOURCE_SPANS_FIELD_NUMBER, size());
    }

    void writeTo(CodedOutputStream out) throws IOException {
      Delimited.begin(out, ExportTraceServiceRequest.RESOURCE_SPANS_FIELD_NUMBER, size());
      out.writeRawBytes(resource);
      Delimited.begin(out, ResourceSpans.SCOPE_SPANS_FIELD_NUMBER, scopeSpans);
      out.writeRawBytes(SCOPE);
      for (byte[] span : spans) {
        Delimited.begin(out, ScopeSpans.SPANS_FIELD_NUMBER, span.length);
        out.writeRawBytes(span);
      }
    }
  }
}
