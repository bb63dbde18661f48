package io.sidetrace.daemon.doctor;

import io.sidetrace.daemon.source.Backlog;
import io.sidetrace.daemon.source.RedisExam;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Is Redis there, of an age, and set up not to lose events? May we do what the daemon does? */
final class RedisCheck implements Check {
  private static final String SUBJECT = "redis";

  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})");

  /** From so many entries on agents turn to their spool, unless told otherwise. */
  private static final long MANY = 10_000;

  private static final long LATE_MILLIS = 60_000;

  private final String url;
  private final int streams;

  RedisCheck(String url, int streams) {
    this.url = url;
    this.streams = streams;
  }

  @Override
  public void look(Consumer<Finding> to) {
    try (RedisExam redis = RedisExam.connect(url, streams)) {
      info(redis, to);
      rights(redis, to);
      backlog(redis, to);
    } catch (IOException e) {
      to.accept(
          Finding.fail(
              SUBJECT,
              "no answer: " + e.getMessage(),
              "check the URL, user, password and TLS (rediss://), and that Redis runs; agents write"
                  + " to their spool meanwhile"));
    }
  }

  private static void info(RedisExam redis, Consumer<Finding> to) throws IOException {
    Map<String, String> info;
    try {
      info = redis.info();
    } catch (IOException e) {
      to.accept(
          Finding.warn(
              SUBJECT,
              "answers, but does not tell version and settings: " + e.getMessage(),
              "allow +info, or look yourself: 6.2 or later, noeviction, appendonly"));
      return;
    }
    version(info.getOrDefault("redis_version", "0"), to);
    String policy = info.getOrDefault("maxmemory_policy", "unknown");
    boolean bounded = !info.getOrDefault("maxmemory", "0").equals("0");
    if (!policy.equals("noeviction")) {
      to.accept(
          Finding.fail(
              SUBJECT,
              "maxmemory-policy is " + policy + ": when memory ends, Redis throws events away",
              "CONFIG SET maxmemory-policy noeviction, and in redis.conf"));
    } else if (!bounded) {
      to.accept(
          Finding.warn(
              SUBJECT,
              "maxmemory is not set: a long backlog may take all memory of the machine",
              "set maxmemory in redis.conf; agents turn to their spool when it is reached"));
    } else {
      to.accept(Finding.ok(SUBJECT, "refuses writes when memory ends, and evicts nothing"));
    }
    persistence(info, to);
  }

  private static void version(String version, Consumer<Finding> to) {
    Matcher numbers = NUMBERS.matcher(version);
    int major = numbers.lookingAt() ? Integer.parseInt(numbers.group(1)) : 0;
    int minor = numbers.lookingAt() ? Integer.parseInt(numbers.group(2)) : 0;
    to.accept(
        major > 6 || (major == 6 && minor >= 2)
            ? Finding.ok(SUBJECT, "answers, version " + version)
            : Finding.fail(
                SUBJECT,
                "version is " + version + ", which has no XAUTOCLAIM",
                "upgrade to 6.2 or later"));
  }

  private static void persistence(Map<String, String> info, Consumer<Finding> to) {
    if (!info.getOrDefault("aof_enabled", "0").equals("1")) {
      to.accept(
          Finding.warn(
              SUBJECT,
              "appendonly is off: what waits in Redis is lost when it restarts",
              "CONFIG SET appendonly yes, and in redis.conf"));
    } else if (!info.getOrDefault("aof_last_write_status", "ok").equals("ok")) {
      to.accept(
          Finding.fail(
              SUBJECT, "cannot write its append-only file", "make room on the disk of Redis"));
    } else {
      to.accept(Finding.ok(SUBJECT, "keeps what it holds over a restart"));
    }
  }

  private static void rights(RedisExam redis, Consumer<Finding> to) throws IOException {
    List<String> lacking = redis.lackingRights();
    to.accept(
        lacking.isEmpty()
            ? Finding.ok(SUBJECT, "this user may do all that the daemon does")
            : Finding.fail(
                SUBJECT,
                "this user may not " + String.join(", ", lacking),
                "ACL SETUSER " + redis.user() + " ~sidetrace:* +@stream +@connection +info"));
  }

  private static void backlog(RedisExam redis, Consumer<Finding> to) throws IOException {
    Backlog found = redis.backlog();
    if (found == null) {
      to.accept(
          Finding.ok(SUBJECT, "no daemon has read from it yet, the group comes with the first"));
      return;
    }
    long age = found.oldestMillis() == 0 ? 0 : System.currentTimeMillis() - found.oldestMillis();
    String what =
        found.waiting()
            + " entries wait and "
            + found.claimed()
            + " are being exported, the oldest is "
            + age / 1000
            + " s old";
    boolean late = age > LATE_MILLIS || found.waiting() > MANY;
    to.accept(
        late
            ? Finding.warn(SUBJECT, what, "are enough daemons running? See sidetrace status")
            : Finding.ok(SUBJECT, what));
  }
}
