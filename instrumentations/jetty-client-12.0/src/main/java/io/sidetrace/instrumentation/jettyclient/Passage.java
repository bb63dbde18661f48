package io.sidetrace.instrumentation.jettyclient;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Outgoing;
import java.nio.channels.AsynchronousCloseException;
import java.util.concurrent.CancellationException;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through Jetty, kept in the conversation that its redirects are part of. The
 * application's listeners, of which this is one, hear of the last answer only.
 */
final class Passage implements Response.HeadersListener {
  private static final String KEY = "io.sidetrace.call";

  private final Outgoing out;
  private volatile @Nullable Request answered;
  private volatile boolean teed;

  private Passage(Outgoing out) {
    this.out = out;
  }

  /**
   * @return null if it is none of ours, or part of a conversation that has one
   */
  static @Nullable Passage begin(HttpRequest request) {
    if (of(request) != null) {
      return null;
    }
    Outgoing out =
        Outgoing.begin("jetty-client", request.getMethod(), () -> request.getURI().toString());
    if (out == null) {
      return null;
    }
    Passage passage = new Passage(out);
    ClientCall call = out.call();
    if (call != null) {
      call.cancelledIf(Passage::isCancellation);
    }
    request.getConversation().setAttribute(KEY, passage);
    request.onResponseHeaders(passage);
    return passage;
  }

  static @Nullable Passage of(Request request) {
    return request instanceof HttpRequest http
            && http.getConversation().getAttribute(KEY) instanceof Passage passage
        ? passage
        : null;
  }

  /** What {@code InputStreamResponseListener} and futures abort a request with. */
  private static boolean isCancellation(Throwable failure) {
    return failure instanceof CancellationException
        || failure instanceof AsynchronousCloseException;
  }

  Outgoing out() {
    return out;
  }

  @Override
  public void onHeaders(Response response) {
    ClientCall call = out.call();
    if (call != null) {
      call.responseHead(response.getStatus(), response.getHeaders()::get);
      answered = response.getRequest();
    }
  }

  /**
   * Whether the end of this request's answer is the call's: not if it leads to another, and not if
   * its body is read, since Jetty may tell of the end before it has handed out the last chunk.
   */
  boolean endsWith(Request request) {
    return answered == request && !teed;
  }

  /** The body, for a copy, and again for each of several listeners that share it. */
  Content.Source body(Response response, Content.Source source) {
    ClientCall call = out.call();
    boolean copies = answered != null && !teed;
    teed |= copies;
    if (copies && call != null && source.getClass().getName().contains("Decod")) { // before 12.1
      call.responseHead(response.getStatus(), response.getHeaders().get("Content-Type"), null, -1);
    }
    return new PassageSource(source, copies ? call : null, out.caller());
  }
}
