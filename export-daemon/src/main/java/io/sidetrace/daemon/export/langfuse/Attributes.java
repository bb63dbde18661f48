package io.sidetrace.daemon.export.langfuse;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts attributes on a span; what is unknown or empty is left out. */
final class Attributes {
  private final Span.Builder span;

  Attributes(Span.Builder span) {
    this.span = span;
  }

  void text(String key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      // Encoded once here: as a String it would be walked again for its length.
      put(key, AnyValue.newBuilder().setStringValueBytes(ByteString.copyFromUtf8(value)));
    }
  }

  void flag(String key, boolean value) {
    if (value) {
      put(key, AnyValue.newBuilder().setBoolValue(true));
    }
  }

  void whole(String key, long value) {
    put(key, AnyValue.newBuilder().setIntValue(value));
  }

  /** An empty array would become the tag {@code {"arrayValue":{}}}. */
  void texts(String key, List<String> values) {
    if (!values.isEmpty()) {
      ArrayValue.Builder array = ArrayValue.newBuilder();
      values.forEach(value -> array.addValues(AnyValue.newBuilder().setStringValue(value)));
      put(key, AnyValue.newBuilder().setArrayValue(array));
    }
  }

  private void put(String key, AnyValue.Builder value) {
    span.addAttributes(KeyValue.newBuilder().setKey(key).setValue(value));
  }
}
