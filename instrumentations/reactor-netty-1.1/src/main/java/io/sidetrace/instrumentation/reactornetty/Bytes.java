package io.sidetrace.instrumentation.reactornetty;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Reads the bytes of a buffer where they lie. */
final class Bytes {

  private Bytes() {}

  static void pass(ByteBuf buffer, Consumer<ByteBuffer> to) {
    if (!buffer.isReadable()) {
      return;
    }
    if (buffer.nioBufferCount() == 1) {
      to.accept(buffer.nioBuffer());
      return;
    }
    for (ByteBuffer part : buffer.nioBuffers()) {
      to.accept(part);
    }
  }
}
