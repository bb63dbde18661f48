package io.sidetrace.daemon.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Is a Redis server of an age, the one to ask, and set up not to lose events? By its INFO. */
final class RedisSettings {
  private static final Pattern NUMBERS = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})");

  private RedisSettings() {}

  static List<Finding> judge(Map<String, String> info) {
    String mode = info.getOrDefault("redis_mode", info.getOrDefault("server_mode", "standalone"));
    if (mode.equals("sentinel")) {
      return List.of(
          fail(
              "is a sentinel, which holds no events",
              "write redis-sentinel://host:26379,host:26379#name, the name being the master's"));
    }
    List<Finding> findings = new ArrayList<>();
    version(info, findings);
    memory(info, findings);
    persistence(info, findings);
    return findings;
  }

  private static void version(Map<String, String> info, List<Finding> to) {
    String version = info.getOrDefault("redis_version", "0");
    String valkey = info.get("valkey_version");
    Matcher numbers = NUMBERS.matcher(version);
    int major = numbers.lookingAt() ? Integer.parseInt(numbers.group(1)) : 0;
    int minor = numbers.lookingAt() ? Integer.parseInt(numbers.group(2)) : 0;
    to.add(
        major > 6 || (major == 6 && minor >= 2)
            ? ok("answers, " + (valkey == null ? "version " + version : "Valkey " + valkey))
            : fail(
                "version is " + version + ", which has no XAUTOCLAIM", "upgrade to 6.2 or later"));
  }

  private static void memory(Map<String, String> info, List<Finding> to) {
    String policy = info.getOrDefault("maxmemory_policy", "unknown");
    if (!policy.equals("noeviction")) {
      to.add(
          fail(
              "maxmemory-policy is " + policy + ": when memory ends, Redis throws events away",
              "CONFIG SET maxmemory-policy noeviction, and in redis.conf"));
    } else if (info.getOrDefault("maxmemory", "0").equals("0")) {
      to.add(
          warn(
              "maxmemory is not set: a long backlog may take all memory of the machine",
              "set maxmemory in redis.conf; agents turn to their spool when it is reached"));
    } else {
      to.add(ok("refuses writes when memory ends, and evicts nothing"));
    }
  }

  private static void persistence(Map<String, String> info, List<Finding> to) {
    if (!info.getOrDefault("aof_enabled", "0").equals("1")) {
      to.add(
          warn(
              "appendonly is off: what waits in Redis is lost when it restarts",
              "CONFIG SET appendonly yes, and in redis.conf"));
    } else if (!info.getOrDefault("aof_last_write_status", "ok").equals("ok")) {
      to.add(fail("cannot write its append-only file", "make room on the disk of Redis"));
    } else {
      to.add(ok("keeps what it holds over a restart"));
    }
  }

  private static Finding ok(String what) {
    return Finding.ok(RedisCheck.SUBJECT, what);
  }

  private static Finding warn(String what, String advice) {
    return Finding.warn(RedisCheck.SUBJECT, what, advice);
  }

  private static Finding fail(String what, String advice) {
    return Finding.fail(RedisCheck.SUBJECT, what, advice);
  }
}
