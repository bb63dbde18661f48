package io.sidetrace.daemon.export.langfuse;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.CodedOutputStream;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A span's attributes; what is unknown or empty is left out. Texts go to the wire without a message
 * object in between: each is encoded once, and its length counted once.
 */
final class Attributes {
  private static final AttributeKeys KEYS = new AttributeKeys("");
  private static final AttributeKeys METADATA = new AttributeKeys("langfuse.observation.metadata.");

  private final List<Attribute> all = new ArrayList<>(32);

  /**
   * A {@code KeyValue}.
   *
   * @param key with its tag, see {@link AttributeKeys}
   * @param value UTF-8 if {@code text}, an encoded {@code AnyValue} otherwise
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Attribute(byte[] key, byte[] value, boolean text) {

    int valueSize() {
      return text ? Delimited.size(AnyValue.STRING_VALUE_FIELD_NUMBER, value.length) : value.length;
    }

    int size() {
      return key.length + Delimited.size(KeyValue.VALUE_FIELD_NUMBER, valueSize());
    }

    void writeTo(CodedOutputStream out) throws IOException {
      Delimited.begin(out, Span.ATTRIBUTES_FIELD_NUMBER, size());
      out.writeRawBytes(key);
      Delimited.begin(out, KeyValue.VALUE_FIELD_NUMBER, valueSize());
      if (text) {
        Delimited.begin(out, AnyValue.STRING_VALUE_FIELD_NUMBER, value.length);
      }
      out.writeRawBytes(value);
    }
  }

  void text(String key, @Nullable String value) {
    text(KEYS.of(key), value);
  }

  void metadata(String name, String value) {
    text(METADATA.of(name), value);
  }

  private void text(byte[] key, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      all.add(new Attribute(key, value.getBytes(UTF_8), true));
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
    all.add(new Attribute(KEYS.of(key), value.build().toByteArray(), false));
  }

  /** In a span's message. */
  int size() {
    int size = 0;
    for (Attribute attribute : all) {
      size += Delimited.size(Span.ATTRIBUTES_FIELD_NUMBER, attribute.size());
    }
    return size;
  }

  void writeTo(CodedOutputStream out) throws IOException {
    for (Attribute attribute : all) {
      attribute.writeTo(out);
    }
  }
}
