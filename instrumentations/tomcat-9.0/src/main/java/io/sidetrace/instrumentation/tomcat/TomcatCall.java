package io.sidetrace.instrumentation.tomcat;

import io.sidetrace.agent.api.HeaderLookup;
import io.sidetrace.agent.api.ServerCall;
import java.io.EOFException;
import java.nio.ByteBuffer;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.jspecify.annotations.Nullable;

/**
 * The server call of one request, kept in a note of Coyote's request: a place that no application
 * sees. Notes outlive a request, as Coyote's request does on a connection that is kept alive, so
 * this one is cleared at the end.
 *
 * <p>One thread at a time works on a request; Tomcat hands it over with barriers of its own.
 */
public final class TomcatCall {
  /** Coyote's Request.setNote: 17 to 31 are not allocated. */
  private static final int NOTE = 27;

  private static final String SENDFILE = "org.apache.tomcat.sendfile.filename";

  private final ServerCall call;
  private final Request request;
  private final Response response;
  private @Nullable ApplicationBufferHandler readBuffer;
  private boolean connectionBroken;

  private record Headers(Request request) implements HeaderLookup {

    @Override
    public @Nullable String get(String name) {
      return TomcatText.of(request.getMimeHeaders().getValue(name));
    }
  }

  private TomcatCall(ServerCall call, Request request, Response response) {
    this.call = call;
    this.request = request;
    this.response = response;
  }

  static @Nullable TomcatCall of(@Nullable Request request) {
    return request != null && request.getNote(NOTE) instanceof TomcatCall call ? call : null;
  }

  static @Nullable TomcatCall begin(Request request, Response response) {
    TomcatCall abandoned = of(request);
    if (abandoned != null) {
      abandoned.over(response.getStatus(), null);
    }
    String method = TomcatText.of(request.method());
    String path = TomcatText.of(request.requestURI());
    if (method == null || path == null) {
      return null;
    }
    String query = TomcatText.of(request.queryString());
    ServerCall call =
        ServerCall.begin(method, query == null ? path : path + '?' + query, new Headers(request));
    if (call == null) {
      return null;
    }
    TomcatCall begun = new TomcatCall(call, request, response);
    request.setNote(NOTE, begun);
    return begun;
  }

  boolean enter() {
    return call.enter();
  }

  /** The container lets go of the request, for now or for good. */
  void leave(@Nullable Throwable thrown) {
    if (thrown != null) {
      over(500, thrown);
    }
    call.leave();
  }

  /** Catalina recycles its request exactly when it is over, whichever way it took. */
  void recycled(org.apache.catalina.connector.Request catalina) {
    Throwable failure = response.getErrorException();
    if (failure == null) {
      failure = request.getErrorException();
    }
    boolean gone = failure != null || connectionBroken;
    if (failure == null) {
      failure = TomcatFailure.of(catalina);
    }
    if (gone) {
      call.clientGone(failure == null ? new EOFException("the connection closed") : failure);
    } else {
      call.error(failure);
    }
    over(response.getStatus(), null);
  }

  /** Seen by Tomcat itself, perhaps before a write of the application's failed. */
  void connectionBroke() {
    connectionBroken = true;
  }

  void reading(ApplicationBufferHandler buffer) {
    readBuffer = buffer;
  }

  void read(int count) {
    ApplicationBufferHandler buffer = readBuffer;
    readBuffer = null;
    ByteBuffer bytes = count > 0 && buffer != null ? buffer.getByteBuffer() : null;
    if (bytes != null) {
      call.requestBytes(bytes);
    }
  }

  void responseHead() {
    if (call.wantsResponseHead() && request.getAttribute(SENDFILE) == null) {
      call.responseHead(
          response.getContentType(),
          TomcatText.of(response.getMimeHeaders().getValue("Content-Encoding")),
          response.getContentLengthLong());
    }
  }

  void written(ByteBuffer bytes) {
    responseHead();
    call.responseBytes(bytes);
  }

  private void over(int status, @Nullable Throwable thrown) {
    request.setNote(NOTE, null);
    responseHead();
    call.over(status, thrown);
  }
}
