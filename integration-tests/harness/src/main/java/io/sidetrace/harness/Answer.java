package io.sidetrace.harness;

/**
 * What became of one request.
 *
 * @param requestId its {@code X-Request-Id}
 * @param status 0 if it failed without an answer
 * @param body the failure's text if it failed without an answer
 * @param latencyNanos from when it should have been sent, not from when it was
 * @param endNanos {@link System#nanoTime} when the whole answer was here
 */
public record Answer(
    String requestId, Ask ask, int status, String body, long latencyNanos, long endNanos) {

  public boolean isOk() {
    return status == 200;
  }
}
