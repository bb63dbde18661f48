package io.sidetrace.instrumentation.awssdk;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.ResponseStream;
import java.io.IOException;
import java.lang.ref.Reference;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpResponse;

/** A request that is ready; while it is executed its call is this thread's context. */
final class TeeExecutable implements ExecutableHttpRequest {
  private final ExecutableHttpRequest executable;
  private final ClientCall call;
  private final AtomicBoolean aborted;

  TeeExecutable(ExecutableHttpRequest executable, ClientCall call) {
    AtomicBoolean abort = new AtomicBoolean();
    this.executable = executable;
    this.call = call;
    this.aborted = abort;
    call.cancelledIf(failure -> abort.get());
    call.endWhenUnreachable(this); // if it is never executed
  }

  @Override
  public HttpExecuteResponse call() throws IOException {
    return answered(execute());
  }

  private HttpExecuteResponse execute() throws IOException {
    Context previous = Context.attach(call.context());
    Throwable failure = null;
    try {
      return executable.call();
    } catch (Throwable t) {
      failure = t;
      throw t;
    } finally {
      Context.restore(previous);
      if (failure != null) {
        call.end(failure);
      }
      Reference.reachabilityFence(this);
    }
  }

  private HttpExecuteResponse answered(HttpExecuteResponse response) {
    SdkHttpResponse head = response.httpResponse();
    call.responseHead(head.statusCode(), name -> head.firstMatchingHeader(name).orElse(null));
    AbortableInputStream body = response.responseBody().orElse(null);
    if (body == null) {
      call.end();
      return response;
    }
    Object holder = new Object();
    call.endWhenUnreachable(holder);
    return HttpExecuteResponse.builder()
        .response(head)
        .responseBody(
            AbortableInputStream.create(new ResponseStream(body, call, holder), () -> abort(body)))
        .build();
  }

  private void abort(AbortableInputStream body) {
    aborted.set(true);
    body.abort();
    call.closedEarly();
  }

  @Override
  public void abort() {
    aborted.set(true);
    executable.abort();
  }
}
