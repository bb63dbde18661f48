package io.sidetrace.daemon.export.langfuse;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/** A protobuf field that says its length: a message, a text, bytes. */
final class Delimited {
  private Delimited() {}

  /** Of the whole field, whose content has {@code bytes}. */
  static int size(int field, int bytes) {
    return CodedOutputStream.computeTagSize(field)
        + CodedOutputStream.computeUInt32SizeNoTag(bytes)
        + bytes;
  }

  /** What stands before the content. */
  static void begin(CodedOutputStream out, int field, int bytes) throws IOException {
    out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt32NoTag(bytes);
  }
}
