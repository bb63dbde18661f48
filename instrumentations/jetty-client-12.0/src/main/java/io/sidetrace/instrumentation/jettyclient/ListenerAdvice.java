package io.sidetrace.instrumentation.jettyclient;

import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Outgoing;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** Around each event that a listener hears of: in the caller's context. */
public final class ListenerAdvice {

  private ListenerAdvice() {}

  /** What stood on the thread; may be nothing. */
  record Previous(@Nullable Context context, Content.@Nullable Source source) {}

  public static @Nullable Previous enter(@Nullable Object listener, Response response) {
    Passage passage = Passage.of(response.getRequest());
    return passage == null ? null : new Previous(Context.attach(passage.out().caller()), null);
  }

  public static void exit(@Nullable Previous previous, @Nullable Throwable thrown) {
    if (previous != null) {
      Context.restore(previous.context);
    }
  }

  public static @Nullable Previous enterContent(
      @Nullable Object listener, Response response, Content.Source source) {
    Passage passage = Passage.of(response.getRequest());
    if (passage == null) {
      return null;
    }
    return new Previous(Context.attach(passage.out().caller()), passage.body(response, source));
  }

  public static Content.Source source(@Nullable Previous previous, Content.Source source) {
    return previous == null || previous.source == null ? source : previous.source;
  }

  public static void exitContent(@Nullable Previous previous, @Nullable Throwable thrown) {
    exit(previous, thrown);
  }

  /** A body that is read ends its call itself. */
  public static @Nullable Previous enterComplete(@Nullable Object listener, Result result) {
    Passage passage = Passage.of(result.getRequest());
    if (passage == null) {
      return null;
    }
    Outgoing out = passage.out();
    if (hasFailed(result)) {
      out.end(result.getFailure());
    } else if (passage.endsWith(result.getRequest())) {
      out.end(null);
    }
    return new Previous(Context.attach(out.caller()), null);
  }

  /** A request may fail after it was answered, with what it is redirected to on its way. */
  private static boolean hasFailed(Result result) {
    return result.getResponseFailure() != null
        || (result.isFailed() && result.getResponse().getStatus() == 0);
  }
}
