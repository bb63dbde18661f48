package io.sidetrace.instrumentation.testing;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A body that a library gives chunk by chunk. */
public abstract class ChunkStream extends InputStream {
  private byte[] chunk = {};
  private int read;

  /** Waits for the next chunk; null: the body has ended. */
  protected abstract byte @Nullable [] next() throws IOException;

  @Override
  public final int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public final int read(byte[] bytes, int offset, int length) throws IOException {
    while (read == chunk.length) {
      byte[] next = next();
      if (next == null) {
        return -1;
      }
      chunk = next;
      read = 0;
    }
    int count = Math.min(length, chunk.length - read);
    System.arraycopy(chunk, read, bytes, offset, count);
    read += count;
    return count;
  }
}
