package io.sidetrace.agent.config;

import java.util.Locale;

/**
 * Everything a user can set. {@code sidetrace.<key>} as a system property, {@code SIDETRACE_<KEY>}
 * in the environment, {@code <key>} in the agent's argument or a file.
 */
enum Option {
  ENABLED("enabled", "true", "", "false: the agent does nothing at all"),
  CONFIG(
      "config",
      "",
      "file",
      "A properties file with any of these keys; all other places win over it"),
  SERVICE(
      "service",
      "",
      "",
      "Name of the service; empty: the Spring application's name, else the jar or main class"),
  ENVIRONMENT(
      "environment",
      "",
      "",
      "Langfuse environment, such as staging; LANGFUSE_TRACING_ENVIRONMENT works too"),
  RELEASE("release", "", "", "Version of the service; LANGFUSE_RELEASE works too"),
  CONTENT(
      "content",
      "true",
      "",
      "false: no message leaves the process; model, usage, names, times and sizes do"),
  SERVER_BODY_BYTES(
      "server.body-bytes", "64KiB", "bytes", "Captured of each body of a request served"),
  CLIENT_BODY_BYTES("client.body-bytes", "1MiB", "bytes", "Captured of each body of an LLM call"),
  USER_HEADER("user.header", "X-User-Id", "header", "Request header that names the user"),
  SESSION_HEADER(
      "session.header", "X-Session-Id", "header", "Request header that names the session"),
  TAG_HEADERS(
      "tag.headers",
      "",
      "list",
      "Request headers that become tags of the trace, X-Tenant=acme; the daemon can route by them"),
  IGNORE_PATHS(
      "ignore.paths",
      "/health,/health/*,/healthz,/livez,/readyz,/actuator,/actuator/*,/metrics,/favicon.ico,*.css,*.js,*.map,*.png,*.jpg,*.svg,*.ico,*.woff2",
      "list",
      "Requests that are not traced; * stands for any characters"),
  LLM_URLS(
      "llm.urls",
      "",
      "list",
      "More URLs to capture as LLM calls, host and path; * stands for any characters"),
  PROPAGATE("propagate", "true", "", "Whether calls out carry a W3C traceparent"),
  SPOOL("spool", "", "directory", "Root of the spool; empty: ~/.local/state/sidetrace/spool"),
  SPOOL_MAX_BYTES(
      "spool.max-bytes",
      "512MiB",
      "bytes",
      "Most that may wait in the spool; beyond it events are dropped"),
  REDIS_URL(
      "redis.url",
      "",
      "URL",
      "Send to Redis instead of the spool: redis://[user:password@]host:6379[/db],"
          + " redis-sentinel://…host,host#master or redis-cluster://…host,host; rediss for TLS"),
  REDIS_CA("redis.ca", "", "file", "Certificates to trust in TLS with Redis (PEM); empty: Java's"),
  REDIS_CERT("redis.cert", "", "file", "Certificate to show to a Redis that asks for one (PEM)"),
  REDIS_KEY("redis.key", "", "file", "Its key (PEM, PKCS 8)"),
  REDIS_STREAMS("redis.streams", "1", "streams", "Spread events over this many streams, by trace"),
  REDIS_MAX_LENGTH(
      "redis.max-length",
      "10000",
      "entries",
      "Stream length from which on events wait in the spool; an entry holds up to 256 KiB"),
  QUEUE_MAX_EVENTS(
      "queue.max-events", "16384", "events", "Most events in memory; beyond it they are dropped"),
  QUEUE_MAX_BYTES(
      "queue.max-bytes",
      "32MiB",
      "bytes",
      "Most memory for events; bodies are dropped before events are"),
  DEBUG("debug", "false", "", "Prints what is woven, what is not and why, and every warning"),
  DEBUG_DUMP("debug.dump", "", "directory", "Writes woven classes there"),
  INSTRUMENTATION(
      "instrumentation.<name>.enabled", "true", "", "false: that library is left alone");

  private static final String INSTRUMENTATION_HEAD = "instrumentation.";
  private static final String INSTRUMENTATION_TAIL = ".enabled";

  final String key;
  final String byDefault;
  final String unit;
  final String help;

  Option(String key, String byDefault, String unit, String help) {
    this.key = key;
    this.byDefault = byDefault;
    this.unit = unit;
    this.help = help;
  }

  /** {@code spool.max-bytes} is {@code SIDETRACE_SPOOL_MAX_BYTES}. */
  static String environmentName(String key) {
    return "SIDETRACE_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** The name in {@code instrumentation.<name>.enabled}, empty if {@code key} is another. */
  static String instrumentationIn(String key) {
    int from = INSTRUMENTATION_HEAD.length();
    int to = key.length() - INSTRUMENTATION_TAIL.length();
    return key.startsWith(INSTRUMENTATION_HEAD) && key.endsWith(INSTRUMENTATION_TAIL) && from < to
        ? key.substring(from, to)
        : "";
  }

  static boolean known(String key) {
    for (Option option : values()) {
      if (option.key.equals(key)) {
        return true;
      }
    }
    return !instrumentationIn(key).isEmpty();
  }

  /** The known key a user may have meant. */
  static String nearest(String key) {
    String nearest = ENABLED.key;
    for (Option option : values()) {
      if (distance(key, option.key) < distance(key, nearest)) {
        nearest = option.key;
      }
    }
    return nearest;
  }

  /** Levenshtein. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
