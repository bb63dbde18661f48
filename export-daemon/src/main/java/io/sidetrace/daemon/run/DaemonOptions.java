package io.sidetrace.daemon.run;

import io.sidetrace.daemon.source.RedisTarget;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set. {@code docs/daemon.md} has the same as a table.
 *
 * <p>{@code {state}} is {@code $XDG_STATE_HOME/sidetrace}, or {@code ~/.local/state/sidetrace}.
 */
public record DaemonOptions(
    @Setting(
            help = "spool root to read; 'none' reads none; read by default unless Redis is given",
            unit = "path",
            fallback = "{state}/spool")
        Path spool,
    @Setting(help = "how often an idle spool is looked at", unit = "duration", fallback = "100ms")
        Duration poll,
    @Setting(
            help =
                "Redis to read: redis://[user:password@]host[:port][/db],"
                    + " redis-sentinel://…host,host#master or redis-cluster://…host,host;"
                    + " rediss for TLS",
            unit = "URL",
            env = {"SIDETRACE_REDIS_URL"})
        @Nullable String redis,
    @Setting(help = "certificates to trust in TLS with Redis (PEM); unset: Java's", unit = "path")
        @Nullable Path redisCa,
    @Setting(help = "certificate to show to a Redis that asks for one (PEM)", unit = "path")
        @Nullable Path redisCert,
    @Setting(help = "its key (PEM, PKCS 8)", unit = "path") @Nullable Path redisKey,
    @Setting(help = "user at sentinels that ask for one; the URL's is the servers'", unit = "name")
        @Nullable String redisSentinelUser,
    @Setting(help = "password at sentinels that ask for one", unit = "text", secret = true)
        @Nullable String redisSentinelPassword,
    @Setting(
            help = "streams to read: 1 is sidetrace:events, n are sidetrace:events:{0..n-1}",
            unit = "count",
            fallback = "1")
        int redisStreams,
    @Setting(
            help = "name in the consumer group; unset: host name and a mark of its own",
            unit = "name")
        @Nullable String redisConsumer,
    @Setting(
            help = "entries of a daemon that was silent this long are taken over by another",
            unit = "duration",
            fallback = "60s")
        Duration redisMinIdle,
    @Setting(
            help = "langfuse, console, jsonl; unset: langfuse if there are keys, else console",
            unit = "names")
        List<String> exporters,
    @Setting(
            help = "Langfuse server",
            unit = "URL",
            fallback = "https://cloud.langfuse.com",
            env = {"LANGFUSE_BASE_URL", "LANGFUSE_HOST"})
        URI langfuseUrl,
    @Setting(
            help = "Langfuse public key",
            unit = "text",
            env = {"LANGFUSE_PUBLIC_KEY"})
        @Nullable String langfusePublicKey,
    @Setting(
            help = "Langfuse secret key",
            unit = "text",
            env = {"LANGFUSE_SECRET_KEY"},
            secret = true)
        @Nullable String langfuseSecretKey,
    @Setting(
            help = "how long an answer of Langfuse is waited for",
            unit = "duration",
            fallback = "10s",
            env = {"LANGFUSE_TIMEOUT"})
        Duration langfuseTimeout,
    @Setting(
            help =
                "compression of requests, 0 (none) to 9; -1 is 1, and 0 to a server on this"
                    + " machine",
            unit = "zlib level",
            fallback = "-1")
        int gzipLevel,
    @Setting(
            help = "projects of Langfuse beside the main one, and which events go there",
            unit = "list",
            fileOnly = true)
        List<Project> projects,
    @Setting(
            help = "file the jsonl exporter appends to; '-' is standard output",
            unit = "path",
            fallback = "-")
        String jsonlFile,
    @Setting(
            help = "environment of events that name none",
            unit = "name",
            env = {"LANGFUSE_TRACING_ENVIRONMENT"})
        @Nullable String environment,
    @Setting(
            help = "release of events that name none",
            unit = "name",
            env = {"LANGFUSE_RELEASE"})
        @Nullable String release,
    ShapeOptions shape,
    @Setting(
            help = "how long a trace is waited for where a rule asks for it; then it is kept",
            unit = "duration",
            fallback = "5s")
        Duration holdTime,
    @Setting(
            help = "bytes that wait so at most; beyond it the oldest traces are kept",
            unit = "bytes",
            fallback = "24MiB")
        long holdBytes,
    @Setting(
            help = "spans in a request at most",
            unit = "count",
            fallback = "512",
            env = {"LANGFUSE_FLUSH_AT"})
        int batchCount,
    @Setting(
            help = "bytes in a request at most, before compression",
            unit = "bytes",
            fallback = "2MiB")
        int batchBytes,
    @Setting(
            help = "how long a span waits for company",
            unit = "duration",
            fallback = "200ms",
            env = {"LANGFUSE_FLUSH_INTERVAL"})
        Duration linger,
    @Setting(help = "requests to Langfuse at once", unit = "count", fallback = "4") int parallel,
    @Setting(
            help = "events read and not settled at most; then reading stops",
            unit = "count",
            fallback = "2048")
        int inFlight,
    @Setting(
            help = "bytes read and not settled at most; then reading stops",
            unit = "bytes",
            fallback = "24MiB")
        long inFlightBytes,
    @Setting(
            help = "folder for events that cannot be exported",
            unit = "path",
            fallback = "{state}/dead-letters")
        Path deadLetters,
    @Setting(
            help = "dead letters at most; when full, events stay in spool or Redis",
            unit = "bytes",
            fallback = "1GiB")
        long deadLettersMaxBytes,
    @Setting(
            help = "how long SIGTERM waits for events in flight",
            unit = "duration",
            fallback = "10s")
        Duration drainTimeout,
    @Setting(
            help = "port for /metrics, /healthz, /readyz, /ledger, /status; 0: any free; -1: none",
            unit = "port",
            fallback = "9464")
        int opsPort,
    @Setting(
            help = "address of that port; 0.0.0.0: all, for probes from outside a container",
            unit = "address",
            fallback = "127.0.0.1")
        String opsHost,
    @Setting(
            help = "how long an agent's event may be late before it counts as missing",
            unit = "duration",
            fallback = "5m")
        Duration gapPatience,
    @Setting(
            help = "log lines as text, json or journal; unset: journal under systemd, else text",
            unit = "name")
        @Nullable String logFormat) {

  private static final Set<String> EXPORTERS = Set.of("langfuse", "console", "jsonl");

  private static final Set<String> LOG_FORMATS = Set.of("text", "json", "journal");

  public DaemonOptions {
    check(batchCount > 0, "batch-count is " + batchCount + "; at least 1 is needed");
    check(parallel > 0, "parallel is " + parallel + "; at least 1 is needed");
    check(inFlight > 0, "in-flight is " + inFlight + "; at least 1 is needed");
    check(redisStreams > 0, "redis-streams is " + redisStreams + "; at least 1 is needed");
    check(
        redisSentinelUser == null || redisSentinelPassword != null,
        "redis-sentinel-user has no password; set SIDETRACE_REDIS_SENTINEL_PASSWORD");
    RedisTarget target =
        target(redis, redisCa, redisCert, redisKey, redisSentinelUser, redisSentinelPassword);
    String wrong = target == null ? null : target.problem();
    check(wrong == null, String.valueOf(wrong));
    check(gzipLevel >= -1 && gzipLevel <= 9, "gzip-level is " + gzipLevel + ", not -1 to 9");
    check(opsPort >= -1 && opsPort <= 65535, "ops-port is " + opsPort + ", not -1 to 65535");
    check(langfuseUrl.getHost() != null, "langfuse-url is " + langfuseUrl + ", without a host");
    check(
        logFormat == null || LOG_FORMATS.contains(logFormat),
        "log-format " + logFormat + " is none of " + LOG_FORMATS);
    for (String exporter : exporters) {
      check(EXPORTERS.contains(exporter), "exporter " + exporter + " is none of " + EXPORTERS);
    }
    check(
        !exporters.contains("langfuse")
            || (langfusePublicKey != null && langfuseSecretKey != null)
            || !projects.isEmpty(),
        "the langfuse exporter needs LANGFUSE_PUBLIC_KEY and LANGFUSE_SECRET_KEY");
    check(projects, langfusePublicKey != null && langfuseSecretKey != null);
  }

  /** Where Redis is, if it is read. */
  public @Nullable RedisTarget redisTarget() {
    return target(redis, redisCa, redisCert, redisKey, redisSentinelUser, redisSentinelPassword);
  }

  private static @Nullable RedisTarget target(
      @Nullable String url,
      @Nullable Path ca,
      @Nullable Path cert,
      @Nullable Path key,
      @Nullable String user,
      @Nullable String password) {
    RedisTarget.Login login = password == null ? null : new RedisTarget.Login(user, password);
    return url == null ? null : new RedisTarget(url, ca, cert, key, login);
  }

  /** Each name once, and each event has a project. */
  private static void check(List<Project> projects, boolean hasMain) {
    long names = projects.stream().map(Project::name).distinct().count();
    check(names == projects.size(), "two projects have the same name");
    for (int i = 0; i < projects.size(); i++) {
      boolean last = i == projects.size() - 1;
      Project project = projects.get(i);
      check(
          last || !project.when().isEmpty(),
          project + " takes every event, so those after it would have none");
      check(
          !last || hasMain || project.when().isEmpty(),
          "no project takes what the others don't: give LANGFUSE_PUBLIC_KEY and"
              + " LANGFUSE_SECRET_KEY, or a last project without criteria");
    }
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  public boolean hasLangfuseKeys() {
    return langfusePublicKey != null && langfuseSecretKey != null;
  }

  public boolean exportsToLangfuse() {
    return exporters.isEmpty()
        ? hasLangfuseKeys() || !projects.isEmpty()
        : exporters.contains("langfuse");
  }

  public boolean readsSpool() {
    return !spool.toString().equals("none");
  }
}
