package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.api.Context;
import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.ClientContract;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;

/** The SDK completes the future of a call when the body ends: what follows is the caller's. */
class AwsContextTest extends ClientContract {

  @Override
  protected Caller caller() {
    throw new AssertionError("each test has its own");
  }

  @ParameterizedTest
  @CsvSource({
    "true, /v1/chat/completions", "true, /a-bucket/a-key",
    "false, /v1/chat/completions", "false, /a-bucket/a-key"
  })
  void aBody_isReadToItsEndInTheContextOfWhoeverAsked(boolean netty, String path) throws Exception {
    AwsHttpCaller aws = netty ? AwsHttpCaller.NETTY : AwsHttpCaller.CRT;
    server.answer((request, answer) -> answer.send(200, JSON, REPLY));
    Caller.Outgoing question = Caller.Outgoing.post(server.uri(path), QUESTION);
    Noting noting = new Noting();
    List<Context> asked = new ArrayList<>();

    inRequest(
        () -> {
          asked.add(Context.current());
          aws.execute(question, AwsHttpCaller.request(question, false), noting)
              .get(20, TimeUnit.SECONDS);
        });

    assertThat(noting.contexts.get(20, TimeUnit.SECONDS))
        .hasSizeGreaterThanOrEqualTo(2)
        .containsOnly(asked.get(0));
  }

  /** Notes the context of each buffer, and that of the end. */
  private static final class Noting implements SdkAsyncHttpResponseHandler, Subscriber<ByteBuffer> {
    final CompletableFuture<List<Context>> contexts = new CompletableFuture<>();
    private final List<Context> seen = new ArrayList<>();

    @Override
    public void onHeaders(SdkHttpResponse response) {}

    @Override
    public void onStream(Publisher<ByteBuffer> stream) {
      stream.subscribe(this);
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ByteBuffer bytes) {
      seen.add(Context.current());
    }

    @Override
    public void onComplete() {
      seen.add(Context.current());
      contexts.complete(seen);
    }

    @Override
    public void onError(Throwable failure) {
      contexts.completeExceptionally(failure);
    }
  }
}
