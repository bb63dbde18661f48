package io.sidetrace.instrumentation.testing;

import java.io.InputStream;
import java.util.Iterator;
import java.util.stream.Stream;

/** A body that a library gives chunk by chunk; closing it tells the library. */
public final class ChunkStream extends InputStream {
  private final Stream<byte[]> stream;
  private final Iterator<byte[]> chunks;
  private byte[] chunk = {};
  private int read;

  public ChunkStream(Stream<byte[]> stream) {
    this.stream = stream;
    this.chunks = stream.iterator();
  }

  @Override
  public int read() {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    while (read == chunk.length) {
      if (!chunks.hasNext()) {
        return -1;
      }
      chunk = chunks.next();
      read = 0;
    }
    int count = Math.min(length, chunk.length - read);
    System.arraycopy(chunk, read, bytes, offset, count);
    read += count;
    return count;
  }

  @Override
  public void close() {
    stream.close();
  }
}
