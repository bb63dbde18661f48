package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.BlockingCaller;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.crt.AwsCrtHttpClient;

/** The native runtime's blocking client as the AWS SDK calls it. */
final class AwsCrtBlockingCaller extends BlockingCaller {
  static final AwsCrtBlockingCaller INSTANCE = new AwsCrtBlockingCaller();
  private static final ScheduledExecutorService TIMER =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "timer");
            thread.setDaemon(true);
            return thread;
          });

  private final SdkHttpClient client = AwsCrtHttpClient.builder().maxConcurrency(50).build();

  @Override
  public Library library() {
    return Library.of("AWS SDK over CRT, blocking", AwsCrtHttpClient.class);
  }

  @Override
  public Map<Limit, String> limits() {
    Map<Limit, String> limits = new EnumMap<>(super.limits());
    limits.put(Limit.REORDERS_QUERIES, "it sends a query in an order of its own.");
    limits.put(
        Limit.RESET_OVERTAKES, "an answer that breaks off fails before what came of it is read.");
    return limits;
  }

  @Override
  public String name() {
    return "aws-sdk";
  }

  @Override
  protected Prepared prepare(Outgoing outgoing) {
    // With its length, which the earliest releases want.
    SdkHttpRequest sent = AwsHttpCaller.request(outgoing, false);
    InputStream once = new ByteArrayInputStream(outgoing.body());
    ExecutableHttpRequest executable =
        client.prepareRequest(
            HttpExecuteRequest.builder()
                .request(sent)
                .contentStreamProvider(
                    () -> outgoing.oneShot() ? once : new ByteArrayInputStream(outgoing.body()))
                .build());
    AtomicReference<Thread> sender = new AtomicReference<>();
    return new Prepared(
        () -> {
          sender.set(Thread.currentThread());
          return answer(sent, interrupted(executable, outgoing.timeout()));
        },
        () -> abort(executable, sender.get()));
  }

  /** The client forgets an abort that comes before it waits for the answer. */
  private static void abort(ExecutableHttpRequest executable, @Nullable Thread sender) {
    while (sender != null && sender.getState() == Thread.State.RUNNABLE) {
      Thread.onSpinWait();
    }
    executable.abort();
  }

  /** A timeout as the SDK does it. */
  private static HttpExecuteResponse interrupted(
      ExecutableHttpRequest executable, @Nullable Duration timeout) throws IOException {
    if (timeout == null) {
      return executable.call();
    }
    Thread thread = Thread.currentThread();
    Future<?> timer = TIMER.schedule(thread::interrupt, timeout.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return executable.call();
    } finally {
      timer.cancel(false);
      Thread.interrupted();
    }
  }

  private static Incoming answer(SdkHttpRequest sent, HttpExecuteResponse response) {
    return AwsHttpCaller.answer(
        sent,
        response.httpResponse(),
        () -> response.responseBody().map(Aborting::new).orElse(null),
        () -> response.responseBody().orElseThrow().abort());
  }

  /** Closed as the SDK gives a body up: an open one would be read to its end. */
  private static final class Aborting extends FilterInputStream {
    Aborting(AbortableInputStream body) {
      super(body);
    }

    @Override
    public void close() throws IOException {
      ((AbortableInputStream) in).abort();
      super.close();
    }
  }
}
