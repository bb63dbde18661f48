package io.sidetrace.agent.api;

import io.sidetrace.event.Event.Http;
import io.sidetrace.event.Event.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request this process serves: the root span of its trace, or of this process's part of
 * it. The same for all server libraries.
 *
 * <p>{@link #begin}, {@link #enter} and {@link #leave} around what each thread does for the
 * request, pass the bytes as they go by, {@link #over} when the answer is complete or given up.
 * Calls come from one thread at a time; {@code over} and {@code end} from any, and only the first
 * end counts. No method throws.
 */
public final class ServerCall {
  final Tracer tracer;
  final Trace trace;
  final String spanId = Ids.spanId();
  final @Nullable String parentSpanId;
  private final Context context;
  final RequestHead head;
  final long startNanos = System.nanoTime();
  private @Nullable Body request;
  private @Nullable Body response;
  private boolean responseSeen;
  private @Nullable String responseType;
  private @Nullable String responseEncoding;
  private volatile @Nullable String route;
  private volatile @Nullable Throwable error;
  private volatile boolean clientGone;
  private @Nullable Context previous;
  private final AtomicInteger inside = new AtomicInteger();
  private volatile boolean over;
  private volatile int overStatus;
  private final AtomicBoolean ended = new AtomicBoolean();

  private ServerCall(Tracer tracer, String method, String target, HeaderLookup headers) {
    this.tracer = tracer;
    this.head = RequestHead.read(method, target, headers, tracer.headers);
    TraceParent parent = head.parent();
    this.trace =
        new Trace(
            parent == null ? Ids.traceId() : parent.traceId(),
            head.user(),
            head.session(),
            head.tags(tracer.headers));
    this.parentSpanId = parent == null ? null : parent.spanId();
    this.context = new Context(trace, spanId, this, false);
    this.request = body(head.contentType(), head.contentLength());
  }

  /**
   * @param target path and query as the client sent them, after scheme and host or without
   * @return null if the agent is off or the path is ignored
   */
  public static @Nullable ServerCall begin(String method, String target, HeaderLookup headers) {
    try {
      Tracer tracer = Tracer.current();
      String path = RequestHead.originForm(target);
      if (tracer == null || tracer.ignored.match(path, 0, RequestHead.pathEnd(path))) {
        return null;
      }
      ServerCall call = new ServerCall(tracer, method, path, headers);
      tracer.began();
      return call;
    } catch (Throwable t) {
      Guard.failed(t);
      return null;
    }
  }

  /** For the threads that work on the request. */
  public Context context() {
    return context;
  }

  /**
   * The request has this thread, from now until it {@linkplain #leave leaves}.
   *
   * @return false if the thread works for it already; then nobody has to leave
   */
  public boolean enter() {
    Context before = Context.current();
    if (before != null && before.serverCall() == this) {
      return false;
    }
    inside.incrementAndGet();
    previous = Context.attach(context);
    return true;
  }

  /** Gives the thread its context back, and ends the call if it is {@linkplain #over over}. */
  public void leave() {
    Context.restore(previous);
    if (inside.decrementAndGet() == 0 && over) {
      end(overStatus, null);
    }
  }

  /**
   * The answer is complete or given up, on whichever thread. The call ends now, or when the thread
   * that is inside leaves: an exception often passes a complete answer on its way out. The last
   * status counts, and the first exception.
   *
   * @param status the answer's; 0 if none was sent
   */
  public void over(int status, @Nullable Throwable thrown) {
    error(thrown);
    overStatus = status;
    over = true;
    if (inside.get() == 0) {
      end(status, null);
    }
  }

  /** Bytes the application has just read from the request. */
  public void requestBytes(byte[] bytes, int offset, int length) {
    try {
      Body body = request;
      if (body != null && length > 0) {
        body.add(bytes, offset, length);
      }
    } catch (Throwable t) {
      Guard.failed(t);
    }
  }

  /**
   * As {@link #requestBytes(byte[], int, int)}: what remains in the buffer, whose position stays.
   */
  public void requestBytes(ByteBuffer bytes) {
    try {
      Body body = request;
      if (body != null) {
        body.add(bytes);
      }
    } catch (Throwable t) {
      Guard.failed(t);
    }
  }

  /** True until {@link #responseHead} was called: the first bytes of the answer ask for it. */
  public boolean wantsResponseHead() {
    return !responseSeen;
  }

  /**
   * Before the first response bytes; decides whether they are kept. Only the first call counts. Not
   * to be called where the bytes are not seen, such as a file that the kernel sends: their size is
   * then unknown, instead of wrong.
   *
   * @param contentEncoding of the bytes that {@link #responseBytes} will be given; null: plain
   * @param contentLength -1 if unknown
   */
  public void responseHead(
      @Nullable String contentType, @Nullable String contentEncoding, long contentLength) {
    try {
      if (responseSeen || ended.get()) {
        return;
      }
      responseSeen = true;
      responseType = contentType;
      responseEncoding = contentEncoding;
      if (!head.method()
          .equals("HEAD")) { // its body is written by many applications and sent by no server
        response = body(contentType, contentLength);
      }
    } catch (Throwable t) {
      Guard.failed(t);
    }
  }

  /** Bytes the application writes to the answer. */
  public void responseBytes(byte[] bytes, int offset, int length) {
    try {
      Body body = response;
      if (body != null && length > 0) {
        body.add(bytes, offset, length);
      }
    } catch (Throwable t) {
      Guard.failed(t);
    }
  }

  /**
   * As {@link #responseBytes(byte[], int, int)}: what remains in the buffer, whose position stays.
   */
  public void responseBytes(ByteBuffer bytes) {
    try {
      Body body = response;
      if (body != null) {
        body.add(bytes);
      }
    } catch (Throwable t) {
      Guard.failed(t);
    }
  }

  /**
   * The template that matched the path; with the method it names the trace. The last one counts.
   */
  public void route(@Nullable String template) {
    route = template;
  }

  /** An exception the application let pass, though the server made an answer of it. */
  public void error(@Nullable Throwable thrown) {
    if (thrown != null && error == null) {
      error = thrown;
    }
  }

  /**
   * The client left before the whole answer was sent: a warning, since users stop answers they have
   * seen enough of.
   */
  public void clientGone(@Nullable Throwable thrown) {
    clientGone = true;
    error(thrown);
  }

  /**
   * Ends the call; later calls do nothing.
   *
   * @param status the answer's; 0 if none was sent
   * @param thrown what ended it, if not the answer; {@link #error} counts as well
   */
  public void end(int status, @Nullable Throwable thrown) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    tracer.ended();
    try {
      Throwable cause = thrown == null ? error : thrown;
      Body read = request;
      Body sent = response;
      // Contexts may live on in the application's threads; what they hold should be small.
      error = null;
      request = null;
      response = null;
      tracer.offer(
          new FinishedRequest(
              this,
              route,
              status,
              level(status, cause),
              Failures.of(cause),
              clientGone,
              System.nanoTime(),
              read,
              sent,
              Body.heldBytesOf(read) + Body.heldBytesOf(sent)));
    } catch (Throwable t) {
      Guard.failed(t);
    }
  }

  /** The answer's. */
  @Nullable String responseType() {
    return responseType;
  }

  Http http(@Nullable String route, int status) {
    return head.http(route, status, responseType, responseEncoding);
  }

  private @Nullable Level level(int status, @Nullable Throwable thrown) {
    if (clientGone) {
      return Level.WARNING;
    }
    return thrown != null || status >= 500 ? Level.ERROR : null;
  }

  /**
   * Bodies that are neither text nor JSON are counted and not kept. What has no type is looked at
   * in the end: Spring sends a StreamingResponseBody without one.
   */
  private Body body(@Nullable String contentType, long length) {
    boolean keep = contentType == null || MediaTypes.isText(contentType);
    Body body = new Body(keep ? tracer.settings.serverBodyBytes() : 0);
    body.expect(length);
    return body;
  }
}
