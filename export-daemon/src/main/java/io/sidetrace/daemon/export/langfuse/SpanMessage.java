package io.sidetrace.daemon.export.langfuse;

import com.google.protobuf.CodedOutputStream;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;

/** A {@link Span} on its way to the wire: its fields as a message, its attributes beside them. */
final class SpanMessage {
  private final Span head;
  private final Attributes attributes;
  private final int size;

  SpanMessage(Span head, Attributes attributes) {
    this.head = head;
    this.attributes = attributes;
    this.size = head.getSerializedSize() + attributes.size();
  }

  int size() {
    return size;
  }

  /** Fields may stand in any order, so the attributes come last. */
  void writeTo(CodedOutputStream out) throws IOException {
    head.writeTo(out);
    attributes.writeTo(out);
  }
}
