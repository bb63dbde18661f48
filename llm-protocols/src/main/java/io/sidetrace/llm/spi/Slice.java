package io.sidetrace.llm.spi;

import java.nio.charset.StandardCharsets;

/** A piece of a body that may be wanted as text in the end. The body must not change until then. */
public final class Slice {
  private final byte[] bytes;
  private final int from;
  private final int to;

  Slice(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  @Override
  public String toString() {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
