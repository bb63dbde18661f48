package io.sidetrace.instrumentation.awssdk;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Outgoing;
import io.sidetrace.agent.api.RequestSource;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Around {@code SdkHttpClient.prepareRequest}, right before the SDK executes what it returns. The
 * call begins here, since what is sent is fixed here.
 */
public final class PrepareAdvice {

  private PrepareAdvice() {}

  /**
   * @param call null: only a {@code traceparent} travels
   */
  record Preparing(HttpExecuteRequest request, @Nullable ClientCall call) {}

  public static @Nullable Preparing enter(Object client, HttpExecuteRequest request) {
    SdkHttpRequest http = request.httpRequest();
    Outgoing out = Outgoing.begin("aws-sdk", http.method().name(), () -> http.getUri().toString());
    return out == null ? null : new Preparing(outgoing(request, out), out.call());
  }

  private static HttpExecuteRequest outgoing(HttpExecuteRequest request, Outgoing out) {
    SdkHttpRequest http = request.httpRequest();
    ClientCall call = out.call();
    HttpExecuteRequest.Builder copy =
        HttpExecuteRequest.builder().request(ExecuteAdvice.traced(http, out.traceparent()));
    request
        .contentStreamProvider()
        .ifPresent(
            body ->
                copy.contentStreamProvider(call == null ? body : () -> opened(body, http, call)));
    request.metricCollector().ifPresent(copy::metricCollector);
    return copy.build();
  }

  /** Anew each time it is sent. */
  private static InputStream opened(
      ContentStreamProvider body, SdkHttpRequest request, ClientCall call) {
    InputStream content = body.newStream();
    call.requestHead(name -> request.firstMatchingHeader(name).orElse(null));
    return new RequestSource(content, call);
  }

  public static HttpExecuteRequest request(
      @Nullable Preparing preparing, HttpExecuteRequest request) {
    return preparing == null ? request : preparing.request;
  }

  public static @Nullable ExecutableHttpRequest exit(
      @Nullable Preparing preparing,
      @Nullable ExecutableHttpRequest prepared,
      @Nullable Throwable thrown) {
    ClientCall call = preparing == null ? null : preparing.call;
    if (call == null) {
      return prepared;
    }
    if (prepared == null) {
      call.end(thrown);
      return null;
    }
    return new TeeExecutable(prepared, call);
  }
}
