package io.sidetrace.instrumentation.testing;

import io.sidetrace.agent.api.Context;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A library that only blocks, and speaks HTTP/1.1 only, as all of these do: called asynchronously
 * as its users do it, on a pool of their own.
 */
public abstract class BlockingCaller implements Caller {
  private static final ExecutorService POOL =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "caller");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * A request that can be sent once.
   *
   * @param send waits for the head of the answer
   * @param cancel gives up waiting, from another thread
   */
  public record Prepared(Callable<Incoming> send, Cancel cancel) {}

  @Override
  public Map<Limit, String> limits() {
    return Map.of(
        Limit.BLOCKS, "it only blocks; called on a pool of the user's, which is tested.",
        Limit.NO_HTTP_2, "it speaks HTTP/1.1 only.");
  }

  protected abstract Prepared prepare(Outgoing request) throws Exception;

  @Override
  public Incoming call(Outgoing request) throws Exception {
    return prepare(request).send().call();
  }

  @Override
  public CompletableFuture<Incoming> callAsync(Outgoing request) {
    try {
      Prepared prepared = prepare(request);
      Pending answer = new Pending(prepared.cancel());
      POOL.execute(Context.wrap(() -> answer.completeBy(prepared.send())));
      return answer;
    } catch (Exception e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public void listen(Outgoing request, Listener listener) {
    POOL.execute(
        Context.wrap(
            () -> {
              try {
                listener.read(call(request).body());
              } catch (Exception e) {
                listener.onEnd(e);
              }
            }));
  }
}
