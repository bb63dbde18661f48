package io.sidetrace.agent.api;

import io.sidetrace.event.Event;
import io.sidetrace.event.Event.Level;
import io.sidetrace.event.Slice;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request this process serves: the root span of its trace, or of this process's part of
 * it. The same for all server libraries.
 *
 * <p>{@link #begin}, attach {@link #context} on each thread that works on the request, pass the
 * bytes as they go by, {@link #end} once when the answer is complete or given up. Calls come from
 * one thread at a time; {@code end} from any, and only the first counts. No method throws.
 */
public final class ServerCall {
  private static final String REQUEST_ID = "X-Request-Id";
  private static final int MAX_HEADER = 200;

  private final Tracer tracer;
  private final Trace trace;
  private final String spanId = Ids.spanId();
  private final @Nullable String parentSpanId;
  private final Context context;
  private final String method;
  private final String target;
  private final @Nullable String requestId;
  private final @Nullable String requestType;
  private final @Nullable String requestEncoding;
  private final long startNanos = System.nanoTime();
  private final @Nullable Body request;
  private @Nullable Body response;
  private boolean responseSeen;
  private @Nullable String responseType;
  private @Nullable String responseEncoding;
  private volatile @Nullable String route;
  private volatile @Nullable Throwable error;
  private final AtomicBoolean ended = new AtomicBoolean();

  private ServerCall(Tracer tracer, String method, String target, HeaderLookup headers) {
    TraceParent parent = TraceParent.parse(headers.get(TraceParent.HEADER));
    CaptureSettings settings = tracer.settings;
    this.tracer = tracer;
    this.trace =
        new Trace(
            parent == null ? Ids.traceId() : parent.traceId(),
            cut(headers.get(settings.userHeader())),
            cut(headers.get(settings.sessionHeader())),
            List.of());
    this.parentSpanId = parent == null ? null : parent.spanId();
    this.context = new Context(trace, spanId, this, false);
    this.method = method;
    this.target = target;
    this.requestId = cut(headers.get(REQUEST_ID));
    this.requestType = headers.get("Content-Type");
    this.requestEncoding = headers.get("Content-Encoding");
    this.request = MediaTypes.isText(requestType) ? new Body(settings.serverBodyBytes()) : null;
    if (request != null) {
      request.expect(length(headers.get("Content-Length")));
    }
  }

  /**
   * @param target path and query as the client sent them
   * @return null if the agent is off or the path is ignored
   */
  public static @Nullable ServerCall begin(String method, String target, HeaderLookup headers) {
    try {
      Tracer tracer = Tracer.current();
      if (tracer == null || tracer.ignored.match(target, 0, pathEnd(target))) {
        return null;
      }
      ServerCall call = new ServerCall(tracer, method, target, headers);
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

  /** Bytes the application has just read from the request. */
  public void requestBytes(byte[] bytes, int offset, int length) {
    try {
      if (request != null && length > 0 && !ended.get()) {
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
      if (request != null && !ended.get()) {
        request.add(bytes);
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
   * Before the first response bytes; decides whether they are kept. Only the first call counts.
   *
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
      if (MediaTypes.isText(contentType)) {
        Body body = new Body(tracer.settings.serverBodyBytes());
        body.expect(contentLength);
        response = body;
      }
    } catch (Throwable t) {
      Guard.failed(t);
    }
  }

  /** Bytes the application writes to the answer. */
  public void responseBytes(byte[] bytes, int offset, int length) {
    try {
      Body body = response;
      if (body != null && length > 0 && !ended.get()) {
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
      if (body != null && !ended.get()) {
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
      error = null;
      tracer.offer(event(status, cause), slice(request), slice(response));
    } catch (Throwable t) {
      Guard.failed(t);
    }
  }

  private Event event(int status, @Nullable Throwable thrown) {
    String template = route;
    String name = template == null ? target.substring(0, pathEnd(target)) : template;
    return tracer
        .event(Event.Kind.REQUEST, trace, spanId, parentSpanId)
        .remoteParent(parentSpanId != null)
        .name(method + ' ' + name)
        .times(trace.microsAt(startNanos), System.nanoTime() - startNanos)
        .level(thrown != null || status >= 500 ? Level.ERROR : null)
        .error(Failures.of(thrown))
        .http(
            new Event.Http(
                method,
                SafeUrl.of(target),
                template,
                status,
                null,
                requestType,
                responseType,
                requestEncoding,
                responseEncoding))
        .sizes(sizes(request), sizes(response))
        .metadata(requestId == null ? Map.of() : Map.of("requestId", requestId))
        .build();
  }

  private static Event.@Nullable BodySize sizes(@Nullable Body body) {
    return body == null ? null : body.sizes(false);
  }

  private static Slice slice(@Nullable Body body) {
    return body == null ? Slice.EMPTY : body.slice();
  }

  private static int pathEnd(String target) {
    int query = target.indexOf('?');
    return query < 0 ? target.length() : query;
  }

  /** Langfuse drops user and session ids over 200 characters. */
  private static @Nullable String cut(@Nullable String value) {
    return value == null || value.length() <= MAX_HEADER ? value : value.substring(0, MAX_HEADER);
  }

  private static long length(@Nullable String contentLength) {
    if (contentLength == null || contentLength.isEmpty() || contentLength.length() > 18) {
      return -1;
    }
    long length = 0;
    for (int i = 0; i < contentLength.length(); i++) {
      int digit = contentLength.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      length = length * 10 + digit;
    }
    return length;
  }
}
