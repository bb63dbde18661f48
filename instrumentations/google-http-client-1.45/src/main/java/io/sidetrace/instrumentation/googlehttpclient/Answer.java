package io.sidetrace.instrumentation.googlehttpclient;

import com.google.api.client.http.HttpResponse;
import io.sidetrace.agent.api.Attachments;
import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.ResponseStream;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/** What is known of a response that is the answer of a call. Refers to it weakly if at all. */
final class Answer {
  private static final Attachments<HttpResponse, Answer> ANSWERS = new Attachments<>();

  private final ClientCall call;
  private WeakReference<InputStream> body = new WeakReference<>(null);

  private Answer(ClientCall call) {
    this.call = call;
  }

  /** Null: the response is no answer of an LLM. */
  static @Nullable Answer of(HttpResponse response, @Nullable Execution execution) {
    Answer known = ANSWERS.get(response);
    if (known != null || execution == null) {
      return known;
    }
    ClientCall call = execution.answeredBy(response);
    if (call == null) {
      return null;
    }
    Answer answer = new Answer(call);
    ANSWERS.put(response, answer);
    head(response, call);
    call.endWhenUnreachable(response);
    return answer;
  }

  private static void head(HttpResponse response, ClientCall call) {
    String encoding = response.getContentEncoding();
    boolean inflated = isGzip(encoding) && !response.getRequest().getResponseReturnRawInputStream();
    Long length = response.getHeaders().getContentLength();
    call.responseHead(
        response.getStatusCode(),
        response.getContentType(),
        inflated ? null : encoding,
        inflated || length == null ? -1 : length);
  }

  /** As the library asks. */
  private static boolean isGzip(@Nullable String encoding) {
    return encoding != null
        && (encoding.trim().equalsIgnoreCase("gzip") || encoding.trim().equalsIgnoreCase("x-gzip"));
  }

  ClientCall call() {
    return call;
  }

  /** The same for the same body, as the response has it. */
  InputStream tee(InputStream stream, HttpResponse response) {
    InputStream known = body.get();
    if (known == null) {
      known = new ResponseStream(stream, call, response);
      body = new WeakReference<>(known);
    }
    return known;
  }
}
