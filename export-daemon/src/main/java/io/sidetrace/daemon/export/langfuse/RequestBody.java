package io.sidetrace.daemon.export.langfuse;

import io.sidetrace.event.Slice;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * A request's body, handed to the JDK's client in pieces and not copied, as its own publisher of
 * arrays does. Each of the client's connections remembers its last request until the next, a
 * megabyte that would grow old with it: so the bytes are let go once there is an answer.
 */
final class RequestBody implements HttpRequest.BodyPublisher {
  /** What the client's own publishers hand on at once. */
  private static final int PIECE_BYTES = 16 << 10;

  private final int length;
  private volatile @Nullable Slice bytes;

  RequestBody(Slice bytes) {
    this.length = bytes.length();
    this.bytes = bytes;
  }

  /** Nothing of it will be sent any more. */
  void release() {
    bytes = null;
  }

  @Override
  public long contentLength() {
    return length;
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    subscriber.onSubscribe(new Pieces(subscriber));
  }

  private final class Pieces implements Subscription {
    private final Subscriber<? super ByteBuffer> to;
    private int position;
    private long wanted;
    private boolean handingOn;
    private boolean ended;

    private Pieces(Subscriber<? super ByteBuffer> to) {
      this.to = to;
    }

    /** May be called from within {@link Subscriber#onNext}. */
    @Override
    public synchronized void request(long pieces) {
      wanted += pieces;
      if (!handingOn) {
        handingOn = true;
        while (wanted > 0 && !ended) {
          wanted--;
          handOn();
        }
        handingOn = false;
      }
    }

    private void handOn() {
      Slice from = bytes;
      if (from == null) {
        ended = true;
        to.onError(new IOException("the request was given up"));
        return;
      }
      int size = Math.min(PIECE_BYTES, length - position);
      ByteBuffer piece = ByteBuffer.wrap(from.array(), from.offset() + position, size).slice();
      position += size;
      to.onNext(piece);
      if (position == length && !ended) {
        ended = true;
        to.onComplete();
      }
    }

    @Override
    public synchronized void cancel() {
      ended = true;
    }
  }
}
