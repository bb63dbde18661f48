package io.sidetrace.standin.langfuse;

import java.time.Duration;
import java.util.Map;

/**
 * What the stand-in does with a request.
 *
 * @param status to answer with; 200 keeps the spans, {@link #HANG} never answers, {@link #CLOSE}
 *     keeps the spans and closes the connection without an answer
 * @param delay before the answer
 */
public record Reply(int status, Map<String, String> headers, String body, Duration delay) {
  public static final int HANG = -1;
  public static final int CLOSE = -2;

  public static Reply ok() {
    return of(200, "{}");
  }

  public static Reply of(int status, String body) {
    return new Reply(status, Map.of(), body, Duration.ZERO);
  }

  public static Reply tooMany(int retryAfterSeconds) {
    Map<String, String> headers = Map.of("Retry-After", Integer.toString(retryAfterSeconds));
    return new Reply(429, headers, "rate limit exceeded", Duration.ZERO);
  }

  public Reply after(Duration longer) {
    return new Reply(status, headers, body, longer);
  }
}
