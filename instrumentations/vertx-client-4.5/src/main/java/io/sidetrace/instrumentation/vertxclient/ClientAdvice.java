package io.sidetrace.instrumentation.vertxclient;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import org.jspecify.annotations.Nullable;

/** Around the asking for a connection, whose failure is the call's. */
public final class ClientAdvice {
  /** Whose request with a future goes through the one with a promise. */
  private static final boolean VERTX_4 = exists("io.vertx.core.impl.future.PromiseInternal");

  private ClientAdvice() {}

  public static @Nullable Traced enterPromise(
      Object client, RequestOptions options, Promise<HttpClientRequest> promise) {
    Traced traced = Traced.begin(options);
    if (traced != null) {
      connected(traced, promise.future());
    }
    return traced;
  }

  public static void exitPromise(@Nullable Traced traced, @Nullable Throwable thrown) {
    failed(traced, thrown);
  }

  public static @Nullable Traced enterFuture(Object client, RequestOptions options) {
    return VERTX_4 ? null : Traced.begin(options);
  }

  public static @Nullable Future<HttpClientRequest> exitFuture(
      @Nullable Traced traced,
      @Nullable Future<HttpClientRequest> future,
      @Nullable Throwable thrown) {
    if (traced != null && future != null) {
      connected(traced, future);
    }
    failed(traced, thrown);
    return future;
  }

  /** The first to hear of it, since the application has not seen the future yet. */
  private static void connected(Traced traced, Future<HttpClientRequest> future) {
    var unused =
        future.onComplete(
            (AsyncResult<HttpClientRequest> result) -> {
              if (result.succeeded()) {
                traced.attach(result.result());
              } else {
                traced.out().end(result.cause());
              }
            });
  }

  private static void failed(@Nullable Traced traced, @Nullable Throwable thrown) {
    if (traced != null && thrown != null) {
      traced.out().end(thrown);
    }
  }

  private static boolean exists(String className) {
    try {
      Class.forName(className, false, ClientAdvice.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
