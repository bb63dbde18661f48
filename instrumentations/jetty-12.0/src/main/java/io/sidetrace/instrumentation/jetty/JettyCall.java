package io.sidetrace.instrumentation.jetty;

import io.sidetrace.agent.api.Attachments;
import io.sidetrace.agent.api.ServerCall;
import io.sidetrace.agent.api.ServerFailures;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * The server call of one request, attached to the request that Jetty's core makes: those above wrap
 * it. Refers to neither request nor response, or the attachment would keep them.
 */
public final class JettyCall {
  private static final Attachments<Request, JettyCall> CALLS = new Attachments<>();

  private final ServerCall call;
  private volatile int status;

  private JettyCall(ServerCall call) {
    this.call = call;
  }

  /**
   * @param request as the core made it or wrapped
   */
  static @Nullable JettyCall of(@Nullable Request request) {
    return request == null ? null : CALLS.get(Request.unWrap(request));
  }

  static @Nullable JettyCall begin(Request request, Response response) {
    Request core = Request.unWrap(request);
    HttpFields headers = core.getHeaders();
    String target = core.getHttpURI().getPathQuery();
    ServerCall call =
        ServerCall.begin(core.getMethod(), target == null ? "/" : target, headers::get);
    if (call == null) {
      return null;
    }
    var begun = new JettyCall(call);
    Attachments.Handle attached = CALLS.put(core, begun);
    core.addHttpStreamWrapper(stream -> new End(stream, begun, core, response, attached));
    return begun;
  }

  boolean enter() {
    return call.enter();
  }

  void leave(@Nullable Throwable thrown) {
    call.error(ServerFailures.ofApplication(thrown));
    call.leave();
  }

  void read(Content.Chunk chunk) {
    ByteBuffer bytes = chunk.getByteBuffer();
    if (bytes != null) {
      call.requestBytes(bytes);
    }
  }

  void written(Response response, @Nullable ByteBuffer bytes) {
    if (call.wantsResponseHead()) {
      HttpFields headers = response.getHeaders();
      status = response.getStatus();
      call.responseHead(
          headers.get(HttpHeader.CONTENT_TYPE),
          headers.get(HttpHeader.CONTENT_ENCODING),
          headers.getLongField(HttpHeader.CONTENT_LENGTH));
    }
    if (bytes != null) {
      call.responseBytes(bytes);
    }
  }

  /** The answer was sent or given up. */
  void over(Request core, Response response, @Nullable Throwable told) {
    Throwable failure = told == null || isOfAnUnreadBody(told) ? null : told;
    written(response, null);
    if (failure instanceof EofException || ServerFailures.ofClient(failure)) {
      call.clientGone(failure);
    }
    Object error = core.getAttribute("jakarta.servlet.error.exception");
    call.error(
        ServerFailures.ofApplication(
            error == null ? core.getAttribute("javax.servlet.error.exception") : error));
    int sent = status == 0 && failure == null ? 200 : status;
    call.over(sent, ServerFailures.ofApplication(failure));
  }

  /** The answer is sent; Jetty 12.1 says so if it closes the connection over what was not read. */
  private static boolean isOfAnUnreadBody(Throwable failure) {
    return failure instanceof QuietException && "Unconsumed".equals(failure.getMessage());
  }
}
