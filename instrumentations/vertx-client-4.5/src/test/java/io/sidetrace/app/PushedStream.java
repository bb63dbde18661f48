package io.sidetrace.app;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A body that is pushed, for whoever reads it; closed before its end it is given up. */
final class PushedStream extends InputStream {
  private static final Object END = new Object();

  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
  private final Runnable giveUp;
  private byte[] chunk = {};
  private int read;
  private boolean ended;

  PushedStream(ReadStream<Buffer> stream, Runnable giveUp) {
    this.giveUp = giveUp;
    stream
        .exceptionHandler(events::add)
        .handler(bytes -> events.add(bytes.getBytes()))
        .endHandler(none -> events.add(END));
  }

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    while (read == chunk.length) {
      if (ended || !next()) {
        return -1;
      }
    }
    int count = Math.min(length, chunk.length - read);
    System.arraycopy(chunk, read, bytes, offset, count);
    read += count;
    return count;
  }

  private boolean next() throws IOException {
    try {
      Object event = events.take();
      if (event instanceof byte[] bytes) {
        chunk = bytes;
        read = 0;
        return true;
      }
      ended = true;
      if (event instanceof Throwable failure) {
        throw failure instanceof IOException io ? io : new IOException(failure);
      }
      return false;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    if (!ended) {
      giveUp.run();
    }
  }
}
