package io.sidetrace.daemon.export.langfuse;

import io.sidetrace.daemon.export.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What Langfuse's answers mean for the batch. */
final class Answers {
  private static final Duration SUSPENDED = Duration.ofMinutes(5);

  private Answers() {}

  static Outcome outcome(LangfuseClient.Answer answer, String server) {
    int status = answer.status();
    String said = "HTTP " + status + said(answer.body());
    if (status >= 200 && status < 300) {
      return new Outcome.Accepted();
    }
    if (status >= 500) {
      return new Outcome.Retry(retryAfter(answer), server + " answers " + said);
    }
    return switch (status) {
      case 408, 425, 429 -> new Outcome.Retry(retryAfter(answer), server + " answers " + said);
      case 413 -> new Outcome.TooLarge(said);
      case 401 ->
          new Outcome.Misconfigured(
              server
                  + " answers "
                  + said
                  + "; check LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY, and that they are of this"
                  + " server");
      case 403 -> forbidden(said, server);
      case 400, 415, 422 -> new Outcome.Rejected(said);
      default ->
          new Outcome.Misconfigured(
              server
                  + " answers "
                  + said
                  + "; is it the base URL of a Langfuse server, 3.22 or later?");
    };
  }

  private static Outcome forbidden(String said, String server) {
    if (said.contains("suspended") || said.contains("threshold")) {
      return new Outcome.Retry(SUSPENDED, server + " answers " + said);
    }
    return new Outcome.Misconfigured(
        server + " answers " + said + "; use the keys of a project, not of an organisation");
  }

  private static String said(String body) {
    String line = body.strip().replaceAll("\\s+", " ");
    return line.isEmpty() ? "" : ": " + (line.length() > 300 ? line.substring(0, 300) : line);
  }

  /** In seconds, as Langfuse sends it; a date is not understood and taken as unsaid. */
  private static @Nullable Duration retryAfter(LangfuseClient.Answer answer) {
    String value = answer.headers().firstValue("Retry-After").orElse("");
    return value.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(value)) : null;
  }
}
