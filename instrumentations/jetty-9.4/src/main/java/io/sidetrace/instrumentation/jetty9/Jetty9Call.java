package io.sidetrace.instrumentation.jetty9;

import io.sidetrace.agent.api.Attachments;
import io.sidetrace.agent.api.ServerCall;
import io.sidetrace.agent.api.ServerFailures;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.HttpInput;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * The server call of one request, attached to the channel and the input that serve it: both serve
 * the connection's next request too. Refers to neither, or the attachments would keep them.
 */
public final class Jetty9Call {
  private static final Attachments<HttpChannel, Jetty9Call> CHANNELS = new Attachments<>();
  private static final Attachments<HttpInput, Jetty9Call> INPUTS = new Attachments<>();

  private final ServerCall call;
  private volatile int status;

  private Jetty9Call(ServerCall call) {
    this.call = call;
  }

  static @Nullable Jetty9Call of(HttpChannel channel) {
    return CHANNELS.get(channel);
  }

  static @Nullable Jetty9Call of(HttpInput input) {
    return INPUTS.get(input);
  }

  static @Nullable Jetty9Call remove(HttpChannel channel) {
    INPUTS.remove(channel.getRequest().getHttpInput());
    return CHANNELS.remove(channel);
  }

  static @Nullable Jetty9Call begin(HttpChannel channel) {
    Request request = channel.getRequest();
    ServerCall call = ServerCall.begin(request.getMethod(), target(request), request::getHeader);
    if (call == null) {
      return null;
    }
    var begun = new Jetty9Call(call);
    CHANNELS.put(channel, begun);
    INPUTS.put(request.getHttpInput(), begun);
    return begun;
  }

  boolean enter() {
    return call.enter();
  }

  void leave(@Nullable Throwable thrown) {
    failed(thrown);
    call.leave();
  }

  void read(byte[] bytes, int offset, int count) {
    call.requestBytes(bytes, offset, count);
  }

  void sent(Response response, @Nullable ByteBuffer bytes) {
    if (call.wantsResponseHead()) {
      status = response.getStatus();
      call.responseHead(
          response.getContentType(),
          response.getHeader("Content-Encoding"),
          response.getContentLength());
    }
    if (bytes != null) {
      call.responseBytes(bytes);
    }
  }

  /** Nothing more is sent. Jetty 9.4 may not complete such a request. */
  void aborted(Throwable failure) {
    failed(failure);
    call.over(status, null);
  }

  void completed(HttpChannel channel) {
    Request request = channel.getRequest();
    Object error = request.getAttribute("jakarta.servlet.error.exception");
    failed(
        ServerFailures.ofApplication(
            error == null ? request.getAttribute("javax.servlet.error.exception") : error));
    call.over(status, null);
  }

  private void failed(@Nullable Throwable failure) {
    if (failure instanceof EofException || ServerFailures.ofClient(failure)) {
      call.clientGone(failure);
    } else {
      call.error(ServerFailures.ofApplication(failure));
    }
  }

  private static String target(Request request) {
    String path = request.getRequestURI();
    String query = request.getQueryString();
    if (path == null) {
      return "/";
    }
    return query == null ? path : path + '?' + query;
  }
}
