package io.sidetrace.instrumentation.testing;

import io.sidetrace.agent.api.Context;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A library that only blocks: called asynchronously as its users do it, on a pool of their own. */
public abstract class BlockingCaller implements Caller {
  private static final ExecutorService POOL =
      Executors.newCachedThreadPool(
          work -> {
            Thread thread = new Thread(work, "caller");
            thread.setDaemon(true);
            return thread;
          });

  /** A request that can be sent once. */
  protected interface Prepared {
    /** Waits for the head of the answer. */
    Incoming send() throws Exception;

    /** The library's own way to give up waiting, from another thread. */
    void cancel() throws Exception;
  }

  @Override
  public Map<Limit, String> limits() {
    return Map.of(Limit.BLOCKS, "it only blocks; called on a pool of the user's, which is tested.");
  }

  protected abstract Prepared prepare(Outgoing request) throws Exception;

  @Override
  public Incoming call(Outgoing request) throws Exception {
    return prepare(request).send();
  }

  @Override
  public CompletableFuture<Incoming> callAsync(Outgoing request) {
    try {
      Answer answer = new Answer(prepare(request));
      POOL.execute(Context.wrap(answer::send));
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

  private static final class Answer extends CompletableFuture<Incoming> {
    private final Prepared prepared;

    Answer(Prepared prepared) {
      this.prepared = prepared;
    }

    void send() {
      try {
        complete(prepared.send());
      } catch (Exception e) {
        completeExceptionally(e);
      }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      try {
        prepared.cancel();
      } catch (Exception e) {
        throw new IllegalStateException("the library does not cancel", e);
      }
      return super.cancel(mayInterruptIfRunning);
    }
  }
}
