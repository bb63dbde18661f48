package io.sidetrace.daemon.export.langfuse;

import com.google.protobuf.CodedOutputStream;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keys of attributes as they stand in a {@code KeyValue}: tag, length, UTF-8. A service has a few
 * dozen of them and repeats them on every span, so each is encoded once. Thread-safe.
 */
final class AttributeKeys {
  /** Names of metadata come from producers; beyond so many, one is encoded each time. */
  private static final int MOST = 1000;

  private final String prefix;
  private final Map<String, byte[]> known = new ConcurrentHashMap<>();

  /**
   * @param prefix stands before each name
   */
  AttributeKeys(String prefix) {
    this.prefix = prefix;
  }

  /** The key's bytes; not to be changed. */
  byte[] of(String name) {
    byte[] key = known.get(name);
    if (key == null) {
      key = encode(prefix + name);
      if (known.size() < MOST) {
        known.put(name, key);
      }
    }
    return key;
  }

  private static byte[] encode(String key) {
    byte[] field = new byte[CodedOutputStream.computeStringSize(KeyValue.KEY_FIELD_NUMBER, key)];
    try {
      CodedOutputStream.newInstance(field).writeString(KeyValue.KEY_FIELD_NUMBER, key);
    } catch (IOException e) {
      throw new UncheckedIOException("an array of the right size was too small", e);
    }
    return field;
  }
}
