package io.sidetrace.agent.api;

import io.sidetrace.agent.api.LlmEndpoints.Match;
import io.sidetrace.event.Event.Http;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP call this process makes to an LLM: the exchange the daemon reads a generation from. The
 * same for all client libraries.
 *
 * <p>{@link #begin}, pass the bytes as they go by, {@link #end} once when the response body was
 * read to its end, was closed, or failed. At the last byte of a known length it ends by itself. A
 * library of streams passes the bytes through {@link RequestStream} and {@link ResponseStream}. The
 * request's bytes come from one thread at a time, the response's likewise; {@code end} from any
 * thread, and only the first counts. No method throws.
 */
public final class ClientCall {
  /** Keeps nothing: for bytes on their way while the call ends. */
  private static final Body GONE = new Body(0);

  final Tracer tracer;
  final Trace trace;
  final String spanId = Ids.spanId();
  final @Nullable String parentSpanId;
  private final Context context;
  private final String client;
  final String method;
  final String url;
  private final Match match;
  final long startNanos = System.nanoTime();
  private Body request;
  private Body response;
  Chunks chunks = new Chunks();
  private @Nullable String requestType;
  private @Nullable String requestEncoding;
  private volatile int status;
  private @Nullable String responseType;
  private @Nullable String responseEncoding;
  private long responseLength = -1;
  private @Nullable Predicate<Throwable> cancelled;
  private volatile long lastNanos = startNanos;
  private volatile @Nullable HeldResponse held;
  private final AtomicBoolean ended = new AtomicBoolean();

  private ClientCall(
      Tracer tracer,
      @Nullable Context parent,
      String client,
      String method,
      String url,
      Match match) {
    this.tracer = tracer;
    this.trace = parent == null ? Context.newTrace() : parent.trace;
    this.parentSpanId = parent == null ? null : parent.spanId;
    this.context =
        parent == null ? new Context(trace, spanId, null, true) : parent.child(spanId, true);
    this.client = client;
    this.method = method;
    this.url = url;
    this.match = match;
    this.request = new Body(tracer.settings.clientBodyBytes());
    this.response = new Body(tracer.settings.clientBodyBytes());
  }

  /**
   * Whether {@link #begin(Context, String, String, String)} may give a call at all: for libraries
   * that would have to put the URL together first.
   */
  public static boolean mayBegin(@Nullable Context parent, String method) {
    return LlmEndpoints.METHOD.equals(method)
        && (parent == null || !parent.insideClientCall())
        && Tracer.current() != null;
  }

  /** As {@link #begin(Context, String, String, String)} with this thread's context as parent. */
  public static @Nullable ClientCall begin(String client, String method, String url) {
    return begin(Context.current(), client, method, url);
  }

  /**
   * @param parent where the call was asked for, if it runs on another thread; null: a trace of its
   *     own
   * @param client the library, such as {@code okhttp}
   * @param url absolute, with query
   * @return null unless the URL may be an LLM endpoint, or if a call around this one is already
   *     captured
   */
  public static @Nullable ClientCall begin(
      @Nullable Context parent, String client, String method, String url) {
    try {
      Tracer tracer = Tracer.current();
      if (tracer == null || (parent != null && parent.insideClientCall())) {
        return null;
      }
      Match match = tracer.endpoints.match(method, url);
      if (match == Match.NONE) {
        return null;
      }
      ClientCall call = new ClientCall(tracer, parent, client, method, url, match);
      tracer.began();
      return call;
    } catch (Throwable t) {
      Guard.failed(t);
      return null;
    }
  }

  /** Attached while the library sends, so that the same call is not captured again further down. */
  public Context context() {
    return context;
  }

  /** The {@code traceparent} to send, unless the application set one; null: propagation is off. */
  public @Nullable String traceparent() {
    return context.traceparent();
  }

  /**
   * How a failure is told from what cancelling looks like, in a library that reports both alike.
   * Asked once, when the call fails; must not refer to the response.
   */
  public void cancelledIf(Predicate<Throwable> cancelled) {
    this.cancelled = cancelled;
  }

  /**
   * The request body is about to be sent, or sent again after a redirect or a lost connection, and
   * then what was captured of it before is forgotten.
   *
   * @param contentLength -1 if unknown
   */
  public void requestHead(
      @Nullable String contentType, @Nullable String contentEncoding, long contentLength) {
    try {
      if (ended.get()) {
        return;
      }
      requestType = contentType;
      requestEncoding = contentEncoding;
      request.clear();
      request.expect(contentLength);
    } catch (Throwable t) {
      Guard.failed(t);
    }
  }

  /** As {@link #requestHead(String, String, long)}, read out of the headers. */
  public void requestHead(HeaderLookup headers) {
    try {
      requestHead(
          headers.get("Content-Type"),
          headers.get("Content-Encoding"),
          RequestHead.length(headers.get("Content-Length")));
    } catch (Throwable t) {
      Guard.failed(t);
    }
  }

  /** Bytes the library has just sent. */
  public void requestBytes(byte[] bytes, int offset, int length) {
    try {
      if (length > 0 && !ended.get()) {
        request.add(bytes, offset, length);
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
      if (!ended.get()) {
        request.add(bytes);
      }
    } catch (Throwable t) {
      Guard.failed(t);
    }
  }

  /**
   * The answer has begun.
   *
   * @param contentEncoding of the bytes that {@link #responseBytes} will be given; null: plain
   * @param contentLength of those bytes, -1 if unknown; 0 ends the call
   */
  public void responseHead(
      int status,
      @Nullable String contentType,
      @Nullable String contentEncoding,
      long contentLength) {
    try {
      if (ended.get()) {
        return;
      }
      lastNanos = System.nanoTime();
      this.status = status;
      responseType = contentType;
      responseEncoding = contentEncoding;
      responseLength = contentLength;
      response.expect(contentLength);
      endIfWhole();
    } catch (Throwable t) {
      Guard.failed(t);
    }
  }

  /** As {@link #responseHead(int, String, String, long)}, read out of the headers. */
  public void responseHead(int status, HeaderLookup headers) {
    try {
      responseHead(
          status,
          headers.get("Content-Type"),
          headers.get("Content-Encoding"),
          RequestHead.length(headers.get("Content-Length")));
    } catch (Throwable t) {
      Guard.failed(t);
    }
  }

  /** Bytes the application has just been given: one chunk, whose place and time are noted. */
  public void responseBytes(byte[] bytes, int offset, int length) {
    try {
      if (length > 0 && !ended.get()) {
        note();
        response.add(bytes, offset, length);
        endIfWhole();
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
      if (bytes.hasRemaining() && !ended.get()) {
        note();
        response.add(bytes);
        endIfWhole();
      }
    } catch (Throwable t) {
      Guard.failed(t);
    }
  }

  /**
   * The application now holds the response and may drop it without reading or closing it; the call
   * then ends when the garbage collector says so, as closed early when its last byte came. Told of
   * another response, such as that of a redirect, it forgets the one before.
   *
   * @param response what the application's reads go through; it may refer to this call, but not the
   *     other way round
   */
  public void endWhenUnreachable(Object response) {
    try {
      HeldResponse before = held;
      HeldResponse weak = HeldResponse.of(response, this);
      held = weak;
      if (before != null) {
        before.release();
      }
      if (ended.get()) {
        weak.release();
      }
    } catch (Throwable t) {
      Guard.failed(t);
    }
  }

  /** The response was read to its end. Later calls do nothing. */
  public void end() {
    end(null, false, System.nanoTime());
  }

  /** The call failed: no answer, or one that broke off. Later calls do nothing. */
  public void end(@Nullable Throwable thrown) {
    Throwable failure = thrown == null || isCancellation(thrown) ? null : thrown;
    end(failure, thrown != null, System.nanoTime());
  }

  private boolean isCancellation(Throwable thrown) {
    try {
      Predicate<Throwable> test = cancelled;
      return test != null && test.test(thrown);
    } catch (Throwable t) {
      Guard.failed(t);
      return false;
    }
  }

  /** The application closed or cancelled the response before its end. Later calls do nothing. */
  public void closedEarly() {
    end(null, true, System.nanoTime());
  }

  /** The application dropped the response. */
  void abandoned() {
    end(null, true, lastNanos);
  }

  private void end(@Nullable Throwable thrown, boolean closedEarly, long endNanos) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    tracer.ended();
    try {
      HeldResponse weak = held;
      if (weak != null) {
        weak.release();
      }
      if (match == Match.CERTAIN
          || (thrown != null && request.size() == 0)
          || NamesModel.in(request)) {
        tracer.offer(
            FinishedExchange.of(
                this, Failures.of(thrown), closedEarly, endNanos, request, response));
      }
      request = GONE; // the application may keep the response, and with it this call
      response = GONE;
      cancelled = null;
    } catch (Throwable t) {
      Guard.failed(t);
    }
  }

  int status() {
    return status;
  }

  /**
   * @param safeUrl the URL without secrets
   */
  Http http(String safeUrl) {
    return new Http(
        method,
        safeUrl,
        null,
        status,
        client,
        requestType,
        responseType,
        requestEncoding,
        responseEncoding);
  }

  private void endIfWhole() {
    if (response.size() == responseLength) {
      end();
    }
  }

  private void note() {
    lastNanos = System.nanoTime();
    chunks.note(response.size(), TimeUnit.NANOSECONDS.toMicros(lastNanos - startNanos));
  }
}
