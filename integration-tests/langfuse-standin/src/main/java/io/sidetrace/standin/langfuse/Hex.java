package io.sidetrace.standin.langfuse;

import com.google.protobuf.ByteString;
import java.util.HexFormat;

/** Ids as people write them. */
final class Hex {
  private Hex() {}

  static String of(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }
}
