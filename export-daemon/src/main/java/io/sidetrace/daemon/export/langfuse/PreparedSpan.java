package io.sidetrace.daemon.export.langfuse;

import com.google.protobuf.CodedOutputStream;
import io.opentelemetry.proto.trace.v1.Span;
import io.sidetrace.daemon.shape.Observation;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * An observation on its way to a request: encoded, or as it is as long as its media may turn into
 * placeholders.
 *
 * @param message a {@link Span}; empty while there is {@code media}
 * @param media an observation with media that was not stored yet; null: none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PreparedSpan(String service, byte[] message, @Nullable Observation media) {
  private static final byte[] NONE = {};

  static PreparedSpan of(Observation observation) {
    return observation.content().media().isEmpty()
        ? encoded(observation)
        : new PreparedSpan(observation.trace().service(), NONE, observation);
  }

  /** The same observation gives the same bytes. */
  static PreparedSpan encoded(Observation observation) {
    Span head = LangfuseMapper.head(observation);
    Attributes attributes = LangfuseMapper.attributes(observation);
    byte[] message = new byte[head.getSerializedSize() + attributes.size()];
    CodedOutputStream out = CodedOutputStream.newInstance(message);
    try {
      // Fields may stand in any order, so the attributes come last.
      head.writeTo(out);
      attributes.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("an array of the right size was too small", e);
    }
    return new PreparedSpan(observation.trace().service(), message, null);
  }

  int bytes() {
    return media == null ? message.length : media.estimatedBytes();
  }
}
