package io.sidetrace.daemon.doctor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Is Langfuse there, does it know the keys, and does its clock agree with ours? */
final class LangfuseCheck implements Check {
  private static final String SUBJECT = "langfuse";

  /** A span that begins after it was received, or ends an hour ago, looks wrong to people. */
  private static final Duration SKEW = Duration.ofSeconds(5);

  private final URI server;
  private final String keys;
  private final Duration timeout;

  /**
   * @param keys public and secret key, with a colon between
   */
  LangfuseCheck(URI server, String keys, Duration timeout) {
    this.server = server;
    this.keys = keys;
    this.timeout = timeout;
  }

  @Override
  public void look(Consumer<Finding> to) throws InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
    String basic = Base64.getEncoder().encodeToString(keys.getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + "/api/public/projects"))
            .timeout(timeout)
            .header("Authorization", "Basic " + basic)
            .build();
    try {
      Instant asked = Instant.now();
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      judge(answer, to);
      answer.headers().firstValue("date").ifPresent(date -> compare(date, asked, to));
    } catch (IOException e) {
      to.accept(
          Finding.fail(
              SUBJECT,
              server + " does not answer: " + e,
              "check langfuse-url, DNS, firewall and proxy; events wait meanwhile"));
    }
  }

  private void judge(HttpResponse<String> answer, Consumer<Finding> to) {
    int status = answer.statusCode();
    if (status == 200) {
      String name = project(answer.body());
      String where = server + " answers, the keys are ";
      to.accept(
          name == null
              ? Finding.warn(
                  SUBJECT,
                  server + " answers 200, but not as Langfuse does",
                  "check langfuse-url: is it Langfuse, and not a login page or another service?")
              : Finding.ok(SUBJECT, where + "those of the project '" + name + "'"));
    } else if (status == 401 || status == 403) {
      to.accept(
          Finding.fail(
              SUBJECT,
              server + " refuses the keys with " + status,
              "check LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY against the project's settings;"
                  + " keys of an organisation do not do"));
    } else if (status == 404) {
      to.accept(
          Finding.fail(
              SUBJECT,
              server + " has no /api/public/projects",
              "check langfuse-url; it ends before /api"));
    } else {
      to.accept(
          Finding.warn(
              SUBJECT, server + " answers " + status, "look at Langfuse; events wait meanwhile"));
    }
  }

  /** {@code {"data": [{"id": …, "name": …}]}}: a key belongs to one project. */
  private static @Nullable String project(String body) {
    try (JsonParser json = new JsonFactory().createParser(body)) {
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        boolean here = json.getParsingContext().pathAsPointer().toString().equals("/data/0/name");
        if (token == JsonToken.VALUE_STRING && here) {
          return json.getText();
        }
      }
      return null;
    } catch (IOException e) {
      return null; // no JSON: a page of something else
    }
  }

  private void compare(String date, Instant asked, Consumer<Finding> to) {
    try {
      Instant theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      // The header has whole seconds, and the answer took its time.
      Duration ahead = Duration.between(theirs.plusSeconds(1), asked);
      Duration behind = Duration.between(Instant.now(), theirs);
      if (ahead.compareTo(SKEW) > 0 || behind.compareTo(SKEW) > 0) {
        boolean fast = ahead.compareTo(behind) > 0;
        to.accept(
            Finding.warn(
                "clock",
                "this machine is "
                    + (fast ? ahead : behind).toSeconds()
                    + " s "
                    + (fast ? "ahead of" : "behind")
                    + " Langfuse",
                "set the clock, such as by timedatectl set-ntp true, here or there: times of traces"
                    + " are this machine's"));
      } else {
        to.accept(Finding.ok("clock", "agrees with Langfuse to the second"));
      }
    } catch (DateTimeParseException e) {
      to.accept(Finding.ok("clock", "Langfuse tells no time"));
    }
  }
}
