package io.sidetrace.harness;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Requests at a fixed rate, whatever becomes of them: a slow answer delays no other, and its
 * latency counts from when the request was due.
 */
public final class Load {
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(60);

  /** Far more than an application that keeps up has open; one that doesn't shall not drown. */
  private static final int MAX_OPEN = 200;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI url;
  private final int perSecond;
  private final int questions;
  private final String name;
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Histogram latency = new ConcurrentHistogram(3);
  private final Queue<CompletableFuture<?>> open = new ConcurrentLinkedQueue<>();
  private final Semaphore room = new Semaphore(MAX_OPEN);
  private final Thread clock;
  private volatile boolean stopped;

  private Load(String name, URI url, int perSecond, int questions) {
    this.name = name;
    this.url = url;
    this.perSecond = perSecond;
    this.questions = questions;
    this.clock = new Thread(this::tick, "load-" + name);
    clock.start();
  }

  /**
   * Begins at once.
   *
   * @param name the head of all request ids
   * @param questions how many different texts
   */
  public static Load start(String name, URI url, int perSecond, int questions) {
    return new Load(name, url, perSecond, questions);
  }

  /** One request, and its answer. */
  public static Answer once(URI url, String requestId, Ask ask) {
    Load load = new Load(requestId, url, 0, 1);
    load.send(requestId, ask, System.nanoTime());
    return load.finish().get(0);
  }

  /** One after the other: a JVM that has just started takes seconds for its first requests. */
  public static List<Answer> inTurn(String name, URI url, int count, int questions) {
    List<Answer> answers = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      answers.add(once(url, name + "-" + n, Ask.nth(n, questions)));
    }
    return answers;
  }

  /** Answers so far. */
  public int answered() {
    return answers.size();
  }

  /** Sends no more and waits for what is under way. */
  public List<Answer> finish() {
    stopped = true;
    try {
      clock.join();
      CompletableFuture.allOf(open.toArray(CompletableFuture[]::new))
          .get(REQUEST_LIMIT.toSeconds() + 10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("requests do not end", e);
    }
    return List.copyOf(answers);
  }

  /** Of successful requests, in microseconds. */
  public Histogram latency() {
    return latency;
  }

  /** One line. */
  public static String inWords(Histogram micros) {
    return "%d requests: p50 %.1f, p90 %.1f, p99 %.1f, p99.9 %.1f, max %.1f ms"
        .formatted(
            micros.getTotalCount(),
            micros.getValueAtPercentile(50) / 1e3,
            micros.getValueAtPercentile(90) / 1e3,
            micros.getValueAtPercentile(99) / 1e3,
            micros.getValueAtPercentile(99.9) / 1e3,
            micros.getMaxValue() / 1e3);
  }

  private void tick() {
    long begin = System.nanoTime();
    for (long n = 0; perSecond > 0 && !stopped; n++) {
      long due = begin + n * 1_000_000_000L / perSecond;
      for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      send(name + "-" + n, Ask.nth(n, questions), due);
    }
  }

  private void send(String requestId, Ask ask, long due) {
    room.acquireUninterruptibly();
    HttpRequest request =
        HttpRequest.newBuilder(url.resolve(ask.kind().path))
            .timeout(REQUEST_LIMIT)
            .header("Content-Type", "application/json")
            .header("X-Request-Id", requestId)
            .header("X-User-Id", "user-" + ask.question())
            .header("X-Session-Id", "session-" + ask.question())
            .POST(BodyPublishers.ofString(ask.body()))
            .build();
    open.add(
        http.sendAsync(request, BodyHandlers.ofString())
            .handle((answer, failure) -> done(requestId, ask, due, answer, failure)));
  }

  private boolean done(
      String requestId,
      Ask ask,
      long due,
      @Nullable HttpResponse<String> answer,
      @Nullable Throwable failure) {
    long now = System.nanoTime();
    room.release();
    int status = answer == null ? 0 : answer.statusCode();
    if (status == 200) {
      latency.recordValue((now - due) / 1000);
    }
    String body = answer == null ? String.valueOf(failure) : answer.body();
    return answers.add(new Answer(requestId, ask, status, body, now - due, now));
  }
}
