package io.sidetrace.instrumentation.okhttp;

import io.sidetrace.agent.api.Guard;
import okio.Buffer;

/** Reads bytes of a Buffer where they lie, without consuming them. */
final class Bytes {

  private Bytes() {}

  interface Receiver {
    void bytes(byte[] array, int offset, int length);
  }

  /** Passes {@code count} bytes from {@code start} on, segment by segment. Throws nothing. */
  static void pass(Buffer buffer, long start, long count, Receiver to) {
    try (Buffer.UnsafeCursor cursor = buffer.readUnsafe(new Buffer.UnsafeCursor())) {
      long left = count;
      for (int here = cursor.seek(start); left > 0 && here > 0; here = cursor.next()) {
        int length = (int) Math.min(here, left);
        to.bytes(cursor.data, cursor.start, length);
        left -= length;
      }
    } catch (Throwable t) {
      Guard.failed(t);
    }
  }
}
