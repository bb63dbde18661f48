package io.sidetrace.instrumentation.asynchttpclient;

import io.netty.buffer.ByteBuf;
import io.sidetrace.agent.api.Guard;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Netty's buffers, looked at and not kept. */
final class Bytes {

  private Bytes() {}

  /** What can be read of it, unless the call was given up and it was released. */
  static void each(ByteBuf buffer, Consumer<ByteBuffer> copy) {
    if (buffer.refCnt() > 0) {
      each(buffer, buffer.readerIndex(), copy);
    }
  }

  /** What was written from there on. */
  static void each(ByteBuf buffer, int start, Consumer<ByteBuffer> copy) {
    try {
      for (ByteBuffer part : buffer.nioBuffers(start, buffer.writerIndex() - start)) {
        copy.accept(part);
      }
    } catch (Throwable t) {
      Guard.failed(t);
    }
  }
}
