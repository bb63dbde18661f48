package io.sidetrace.instrumentation.googlehttpclient;

import com.google.api.client.http.HttpResponse;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What reads or leaves the body of a response: the application, a handler of it between two
 * attempts, or {@code execute} itself for the exception it throws.
 */
public final class AnswerAdvice {
  private AnswerAdvice() {}

  record Reading(Answer answer, HttpResponse response) {}

  public static @Nullable Reading content(HttpResponse response) {
    Answer answer = Answer.of(response, Execution.current());
    return answer == null ? null : new Reading(answer, response);
  }

  public static @Nullable InputStream tee(
      @Nullable Reading reading, @Nullable InputStream body, @Nullable Throwable thrown) {
    if (reading == null) {
      return body;
    }
    if (body == null) {
      reading.answer.call().end(thrown);
      return null;
    }
    return reading.answer.tee(body, reading.response);
  }

  /** Before the body is closed, since that fails whoever reads it. */
  public static void ignore(HttpResponse response) {
    Execution execution = Execution.current();
    boolean redirected = execution != null && execution.isRedirected();
    Answer answer = Answer.of(response, redirected ? null : execution);
    if (answer != null) {
      answer.call().closedEarly();
    }
  }
}
