package io.sidetrace.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Gives an answer's head at once and its body as a stream. */
final class StreamingConsumer implements AsyncResponseConsumer<Void> {
  private static final byte[] END = {};

  private final BlockingQueue<Object> parts = new LinkedBlockingQueue<>();
  private final BiConsumer<HttpResponse, InputStream> answered;
  private final Runnable cancel;
  private volatile FutureCallback<Void> done;

  StreamingConsumer(BiConsumer<HttpResponse, InputStream> answered, Runnable cancel) {
    this.answered = answered;
    this.cancel = cancel;
  }

  @Override
  public void consumeResponse(
      HttpResponse response, EntityDetails entity, HttpContext context, FutureCallback<Void> done) {
    this.done = done;
    if (entity == null) {
      streamEnd(null);
    }
    answered.accept(response, new Body());
  }

  @Override
  public void consume(ByteBuffer bytes) {
    byte[] chunk = new byte[bytes.remaining()];
    bytes.get(chunk);
    parts.add(chunk);
  }

  @Override
  public void streamEnd(List<? extends Header> trailers) {
    parts.add(END);
    done.completed(null);
  }

  @Override
  public void failed(Exception cause) {
    parts.add(cause);
  }

  void cancelled() {
    parts.add(new IOException("cancelled"));
  }

  @Override
  public void releaseResources() {}

  @Override
  public void updateCapacity(CapacityChannel channel) throws IOException {
    channel.update(Integer.MAX_VALUE);
  }

  @Override
  public void informationResponse(HttpResponse response, HttpContext context) {}

  private final class Body extends InputStream {
    private byte[] chunk = {};
    private int read;
    private boolean ended;

    @Override
    public int read() throws IOException {
      byte[] single = new byte[1];
      return read(single, 0, 1) < 0 ? -1 : single[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      while (read == chunk.length && !ended) {
        chunk = next();
        read = 0;
        ended = chunk == END;
      }
      if (ended) {
        return -1;
      }
      int count = Math.min(length, chunk.length - read);
      System.arraycopy(chunk, read, bytes, offset, count);
      read += count;
      return count;
    }

    private byte[] next() throws IOException {
      try {
        Object part = parts.take();
        if (part instanceof Exception failure) {
          parts.add(part);
          throw new IOException(failure.getMessage(), failure);
        }
        return (byte[]) part;
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    @Override
    public void close() {
      if (!parts.contains(END) && !ended) {
        cancel.run();
      }
    }
  }
}
