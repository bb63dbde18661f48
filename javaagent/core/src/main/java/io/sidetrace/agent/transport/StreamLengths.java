package io.sidetrace.agent.transport;

import io.sidetrace.agent.log.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Watches how long the streams are, so that daemons that are away do not fill Redis's memory. Asks
 * at most twice a second, and reads the answers at the next opportunity.
 */
final class StreamLengths {
  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final String FULL = "redis full";

  private final int streams;
  private final String redis;
  private final long maxLength;
  private final Log log;
  private final List<CompletableFuture<Object>> answers = new ArrayList<>();
  private long askedAt;
  private boolean stale = true;
  private boolean over;

  StreamLengths(int streams, String redis, long maxLength, Log log) {
    this.streams = streams;
    this.redis = redis;
    this.maxLength = maxLength;
    this.log = log;
    this.askedAt = System.nanoTime() - EVERY_NANOS;
  }

  /** Whether a stream was too long when last heard of, and has not shrunk by a tenth since. */
  boolean over() {
    return over;
  }

  /** Something was added since the last question. */
  void grew() {
    stale = true;
  }

  /** Reads the answers if they are there, asks if it is time. */
  void ask(RedisLinks links) {
    if (!answers.isEmpty() && answers.stream().allMatch(CompletableFuture::isDone)) {
      judge(answers.stream().mapToLong(StreamLengths::length).max().orElse(0));
      answers.clear();
    }
    boolean due = System.nanoTime() - askedAt >= EVERY_NANOS;
    if (answers.isEmpty() && due && (stale || over)) {
      for (int n = 0; n < streams; n++) {
        answers.add(links.length(n));
      }
      askedAt = System.nanoTime();
      stale = false;
    }
  }

  /** Whether an answer is missing for too long. */
  boolean overdue() {
    return !answers.isEmpty()
        && System.nanoTime() - askedAt >= ANSWER_NANOS
        && !answers.stream().allMatch(CompletableFuture::isDone);
  }

  /** Forgets questions that will not be answered any more. */
  void reset() {
    answers.clear();
    stale = true;
  }

  private void judge(long longest) {
    if (over ? longest * 10 > maxLength * 9 : longest >= maxLength) {
      over = true;
      log.warn(
          FULL,
          "a stream in Redis "
              + redis
              + " holds "
              + longest
              + " entries; events wait in the spool; start more daemons or raise redis.max-length");
    } else {
      over = false;
      log.recovered(FULL, "the streams in Redis " + redis + " have room again");
    }
  }

  /** 0 if Redis would not tell: then XADD will tell. */
  private static long length(CompletableFuture<Object> answer) {
    return !answer.isCompletedExceptionally() && answer.join() instanceof Long length ? length : 0;
  }
}
