package io.sidetrace.agent.config;

import io.sidetrace.event.Spool;
import java.io.File;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The agent's settings, see {@code docs/configuration.md}.
 *
 * @param content false: bodies do not leave the process; those of served requests are not captured
 * @param ignorePaths {@code *} stands for any characters, as in {@code llmUrls}
 * @param spool the root, for the transport or for what Redis does not take
 * @param redisUrl null: events go to the spool
 * @param redisCa for TLS; null: whom the JVM trusts
 * @param redisCert null, as {@code redisKey}: nothing to show to Redis
 * @param redisMaxLength in entries, of each stream
 * @param debugDump null: woven classes are not written
 */
public record AgentConfig(
    boolean enabled,
    String service,
    @Nullable String environment,
    @Nullable String release,
    boolean content,
    int serverBodyBytes,
    int clientBodyBytes,
    String userHeader,
    String sessionHeader,
    List<String> tagHeaders,
    List<String> ignorePaths,
    List<String> llmUrls,
    boolean propagate,
    File spool,
    long spoolMaxBytes,
    @Nullable String redisUrl,
    @Nullable File redisCa,
    @Nullable File redisCert,
    @Nullable File redisKey,
    int redisStreams,
    long redisMaxLength,
    int queueMaxEvents,
    long queueMaxBytes,
    boolean debug,
    @Nullable File debugDump,
    Set<String> disabledInstrumentations) {

  /**
   * Reads this process's settings.
   *
   * @param argument what follows the {@code =} behind the jar, null if nothing does
   * @param warnings takes one line for each key that nothing here knows
   * @throws ConfigException if a value can't be followed
   */
  public static AgentConfig read(@Nullable String argument, Collection<String> warnings)
      throws ConfigException {
    Map<String, String> properties = new HashMap<>();
    Properties system = System.getProperties();
    for (String name : system.stringPropertyNames()) {
      properties.put(name, system.getProperty(name));
    }
    return read(argument == null ? "" : argument, properties, System.getenv(), warnings);
  }

  /** As {@link #read(String, Consumer)}, from given properties and environment. */
  public static AgentConfig read(
      String argument,
      Map<String, String> properties,
      Map<String, String> environment,
      Collection<String> warnings)
      throws ConfigException {
    Values values = new Values(new Sources(argument, properties, environment, warnings));
    File spool = values.file(Option.SPOOL);
    return new AgentConfig(
        values.flag(Option.ENABLED),
        values.text(Option.SERVICE, ServiceName.guess(properties, environment)),
        values.text(Option.ENVIRONMENT),
        values.text(Option.RELEASE),
        values.flag(Option.CONTENT),
        // Without content nobody reads these; of LLM calls, model and usage are read.
        values.flag(Option.CONTENT) ? (int) values.bytes(Option.SERVER_BODY_BYTES, 0, 16 << 20) : 0,
        (int) values.bytes(Option.CLIENT_BODY_BYTES, 0, 64 << 20),
        values.text(Option.USER_HEADER, ""),
        values.text(Option.SESSION_HEADER, ""),
        values.list(Option.TAG_HEADERS),
        values.list(Option.IGNORE_PATHS),
        values.list(Option.LLM_URLS),
        values.flag(Option.PROPAGATE),
        spool == null ? Spool.defaultRoot(environment) : spool,
        values.bytes(Option.SPOOL_MAX_BYTES, 1 << 20, Long.MAX_VALUE),
        values.url(
            Option.REDIS_URL,
            "redis://",
            "rediss://",
            "redis-sentinel://",
            "rediss-sentinel://",
            "redis-cluster://",
            "rediss-cluster://"),
        values.file(Option.REDIS_CA),
        values.fileWith(Option.REDIS_CERT, Option.REDIS_KEY),
        values.fileWith(Option.REDIS_KEY, Option.REDIS_CERT),
        values.whole(Option.REDIS_STREAMS, 1, 64),
        values.whole(Option.REDIS_MAX_LENGTH, 1, Integer.MAX_VALUE),
        values.whole(Option.QUEUE_MAX_EVENTS, 16, 1 << 20),
        values.bytes(Option.QUEUE_MAX_BYTES, 64 << 10, 4L << 30),
        values.flag(Option.DEBUG),
        values.file(Option.DEBUG_DUMP),
        values.disabledInstrumentations());
  }
}
