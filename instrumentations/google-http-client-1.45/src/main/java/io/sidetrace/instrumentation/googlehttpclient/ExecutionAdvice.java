package io.sidetrace.instrumentation.googlehttpclient;

import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.LowLevelHttpRequest;
import com.google.api.client.util.StreamingContent;
import io.sidetrace.agent.api.ClientCall;
import org.jspecify.annotations.Nullable;

/** Around {@code execute}, and at each of its attempts. */
@SuppressWarnings("deprecation") // the body that transports take
public final class ExecutionAdvice {
  private ExecutionAdvice() {}

  public static Execution enter(HttpRequest request) {
    return Execution.begin(request);
  }

  public static void exit(
      @Nullable Execution execution, @Nullable HttpResponse response, @Nullable Throwable thrown) {
    if (execution == null) {
      return;
    }
    execution.leave();
    if (response == null) {
      execution.end(thrown);
    } else {
      Answer.of(response, execution);
    }
  }

  /** Each attempt that has a body comes here once; one that has none calls no LLM. */
  public static @Nullable TeeContent attempt(
      LowLevelHttpRequest attempt, @Nullable StreamingContent content) {
    Execution execution = Execution.current();
    ClientCall call = execution == null || content == null ? null : execution.attempt();
    return call == null || content == null ? null : new TeeContent(content, attempt, call);
  }

  public static @Nullable StreamingContent content(
      @Nullable TeeContent tee, @Nullable StreamingContent content) {
    return tee == null ? content : tee;
  }

  public static void redirected(@Nullable Object none, boolean redirected) {
    Execution execution = Execution.current();
    if (execution != null && redirected) {
      execution.redirected();
    }
  }
}
