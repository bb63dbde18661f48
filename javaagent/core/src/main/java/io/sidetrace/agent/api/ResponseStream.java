package io.sidetrace.agent.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.Reference;

/**
 * What the application reads a response's body from: one read for one read, and what it was given
 * is copied. The call ends with the body: at its end, at the last byte of a known length, when it
 * is closed, dropped, or fails.
 */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // nor are the reads
public final class ResponseStream extends FilterInputStream {
  private final ClientCall call;
  private final Object holder;
  private final byte[] one = new byte[1];
  private long position;
  private long furthest;
  private long mark;

  /**
   * @param holder what was told to {@link ClientCall#endWhenUnreachable}: stays reachable as long
   *     as this stream
   */
  public ResponseStream(InputStream in, ClientCall call, Object holder) {
    super(in);
    this.call = call;
    this.holder = holder;
  }

  @Override
  public int read() throws IOException {
    int single;
    try {
      single = in.read();
    } catch (Throwable t) {
      call.end(t);
      throw t;
    }
    if (single < 0) {
      call.end();
    } else {
      one[0] = (byte) single;
      call.responseBytes(one, 0, isNew(1));
    }
    return single;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int count;
    try {
      count = in.read(bytes, offset, length);
    } catch (Throwable t) {
      call.end(t);
      throw t;
    }
    if (count < 0) {
      call.end();
    } else {
      int fresh = isNew(count);
      call.responseBytes(bytes, offset + count - fresh, fresh);
    }
    return count;
  }

  /** Bytes that were skipped stay unseen, as those that were never read. */
  @Override
  public long skip(long count) throws IOException {
    long skipped = in.skip(count);
    position += skipped;
    furthest = Math.max(furthest, position);
    return skipped;
  }

  @Override
  public void close() throws IOException {
    try {
      in.close();
    } finally {
      call.closedEarly();
      Reference.reachabilityFence(holder);
    }
  }

  @Override
  public void mark(int readLimit) {
    in.mark(readLimit);
    mark = position;
  }

  /** What is read again from here on was captured before. */
  @Override
  public void reset() throws IOException {
    in.reset();
    position = mark;
  }

  /** How many of the {@code count} bytes just read, the last ones, were not read before. */
  private int isNew(int count) {
    position += count;
    long fresh = Math.min(count, position - furthest);
    furthest = Math.max(furthest, position);
    return (int) Math.max(0, fresh);
  }
}
