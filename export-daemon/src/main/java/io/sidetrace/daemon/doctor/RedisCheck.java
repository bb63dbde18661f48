package io.sidetrace.daemon.doctor;

import io.sidetrace.daemon.source.Backlog;
import io.sidetrace.daemon.source.RedisExam;
import io.sidetrace.daemon.source.RedisServers;
import io.sidetrace.daemon.source.RedisTarget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Is Redis there, of an age, and set up not to lose events? May we do what the daemon does? */
final class RedisCheck implements Check {
  static final String SUBJECT = "redis";

  /** From so many entries on agents turn to their spool, unless told otherwise. */
  private static final long MANY = 10_000;

  private static final long LATE_MILLIS = 60_000;

  private final RedisTarget target;
  private final int streams;

  RedisCheck(RedisTarget target, int streams) {
    this.target = target;
    this.streams = streams;
  }

  @Override
  public void look(Consumer<Finding> to) {
    try (RedisExam redis = RedisExam.connect(target, streams)) {
      servers(redis, to);
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

  /** What is said of all servers alike is said once. */
  private static void servers(RedisExam redis, Consumer<Finding> to) {
    RedisServers found;
    try {
      found = redis.servers();
    } catch (IOException e) {
      to.accept(
          Finding.warn(
              SUBJECT,
              "answers, but does not tell version and settings: " + e.getMessage(),
              "allow +info, or look yourself: 6.2 or later, noeviction, appendonly"));
      return;
    }
    Map<Finding, List<String>> findings = new LinkedHashMap<>();
    for (RedisServers.Server server : found.servers()) {
      for (Finding finding : RedisSettings.judge(server.info())) {
        findings.computeIfAbsent(finding, first -> new ArrayList<>()).add(server.name());
      }
    }
    int all = found.servers().size();
    findings.forEach(
        (finding, names) -> {
          String which =
              names.size() < all
                  ? String.join(", ", names) + ": "
                  : all > 1 ? "all " + all + " servers: " : "";
          to.accept(
              new Finding(
                  finding.level(), finding.subject(), which + finding.what(), finding.advice()));
        });
    for (RedisServers.Doubt doubt : found.doubts()) {
      to.accept(
          doubt.fatal()
              ? Finding.fail(SUBJECT, doubt.what(), doubt.advice())
              : Finding.warn(SUBJECT, doubt.what(), doubt.advice()));
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
