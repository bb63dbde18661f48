package io.sidetrace.instrumentation.jetty;

import io.sidetrace.agent.api.Attachments;
import io.sidetrace.agent.api.Guard;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * Hears from Jetty that the answer was sent or given up: the one place that every request comes to.
 * It ends the call first, for Jetty then uses the response's headers for the next request.
 */
final class End extends HttpStream.Wrapper {
  private final JettyCall call;
  private final Request request;
  private final Response response;
  private final Attachments.Handle attached;

  End(
      HttpStream stream,
      JettyCall call,
      Request request,
      Response response,
      Attachments.Handle attached) {
    super(stream);
    this.call = call;
    this.request = request;
    this.response = response;
    this.attached = attached;
  }

  @Override
  public void succeeded() {
    over(null);
    super.succeeded();
  }

  @Override
  public void failed(Throwable failure) {
    over(failure);
    super.failed(failure);
  }

  private void over(@Nullable Throwable failure) {
    try {
      attached.remove();
      call.over(request, response, failure);
    } catch (Throwable t) {
      Guard.failed(t);
    }
  }
}
