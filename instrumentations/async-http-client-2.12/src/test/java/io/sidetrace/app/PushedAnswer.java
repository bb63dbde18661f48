package io.sidetrace.app;

import io.netty.handler.codec.http.HttpHeaders;
import io.sidetrace.instrumentation.testing.Caller.Incoming;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.asynchttpclient.ListenableFuture;
import org.asynchttpclient.Request;

/** An answer that is pushed, for whoever reads it; closed before its end it is given up. */
final class PushedAnswer implements Incoming, AsyncHttpClientCaller.Heard {
  private static final Object END = new Object();

  private final Request request;
  private final CompletableFuture<ListenableFuture<?>> sent = new CompletableFuture<>();
  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
  private final CompletableFuture<Incoming> head =
      new CompletableFuture<>() {
        @Override
        public boolean cancel(boolean mayInterrupt) {
          PushedAnswer.this.cancel();
          return super.cancel(mayInterrupt);
        }
      };
  private volatile int status;
  private volatile HttpHeaders headers;

  PushedAnswer(Request request) {
    this.request = request;
  }

  void sentAs(ListenableFuture<?> future) {
    sent.complete(future);
  }

  CompletableFuture<Incoming> head() {
    return head;
  }

  @Override
  public void head(int received, HttpHeaders with) {
    status = received;
    headers = with;
    head.complete(this);
  }

  @Override
  public void chunk(byte[] bytes) {
    events.add(bytes);
  }

  @Override
  public void end(Throwable failure) {
    events.add(failure == null ? END : failure);
    if (failure != null) {
      head.completeExceptionally(failure);
    }
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public String header(String name) {
    return headers.get(name);
  }

  @Override
  public String request() {
    return request.getMethod() + request.getUrl() + request.getHeaders();
  }

  @Override
  public InputStream body() {
    return new Body();
  }

  @Override
  public void cancel() {
    var unused = sent.thenAccept(future -> future.cancel(true));
  }

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
        cancel();
      }
    }
  }
}
