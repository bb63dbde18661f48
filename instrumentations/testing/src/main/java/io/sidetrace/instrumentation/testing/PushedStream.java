package io.sidetrace.instrumentation.testing;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A body that a library pushes, for whoever reads it; closed before its end it is given up. */
public final class PushedStream extends ChunkStream {
  private static final Object END = new Object();

  private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
  private final Runnable giveUp;
  private boolean ended;

  public PushedStream(Runnable giveUp) {
    this.giveUp = giveUp;
  }

  public void push(byte[] chunk) {
    events.add(chunk);
  }

  public void end() {
    events.add(END);
  }

  public void fail(Throwable failure) {
    events.add(failure);
  }

  @Override
  protected byte @Nullable [] next() throws IOException {
    if (ended) {
      return null;
    }
    try {
      Object event = events.take();
      if (event instanceof byte[] chunk) {
        return chunk;
      }
      ended = true;
      if (event instanceof Throwable failure) {
        throw failure instanceof IOException io ? io : new IOException(failure);
      }
      return null;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    if (!ended && !events.contains(END)) {
      giveUp.run();
    }
  }
}
