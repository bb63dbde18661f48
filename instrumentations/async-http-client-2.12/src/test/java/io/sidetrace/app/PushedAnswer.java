package io.sidetrace.app;

import io.netty.handler.codec.http.HttpHeaders;
import io.sidetrace.instrumentation.testing.Answer;
import io.sidetrace.instrumentation.testing.Caller.Incoming;
import io.sidetrace.instrumentation.testing.Pending;
import io.sidetrace.instrumentation.testing.PushedStream;
import java.util.concurrent.CompletableFuture;
import org.asynchttpclient.ListenableFuture;
import org.asynchttpclient.Request;

/** An answer whose body is pushed. */
final class PushedAnswer implements AsyncHttpClientCaller.Heard {
  private final Request request;
  private final CompletableFuture<ListenableFuture<?>> sent = new CompletableFuture<>();
  private final Pending head = new Pending(this::cancel);
  private final PushedStream body = new PushedStream(this::cancel);

  PushedAnswer(Request request) {
    this.request = request;
  }

  void sentAs(ListenableFuture<?> future) {
    sent.complete(future);
  }

  CompletableFuture<Incoming> head() {
    return head;
  }

  @Override
  public void head(int status, HttpHeaders headers) {
    head.complete(
        new Answer(
            status,
            name -> headers.get(name),
            () -> request.getMethod() + request.getUrl() + request.getHeaders(),
            () -> body,
            this::cancel));
  }

  @Override
  public void chunk(byte[] bytes) {
    body.push(bytes);
  }

  @Override
  public void end(Throwable failure) {
    if (failure == null) {
      body.end();
    } else {
      body.fail(failure);
      head.completeExceptionally(failure);
    }
  }

  private void cancel() {
    var unused = sent.thenAccept(future -> future.cancel(true));
  }
}
