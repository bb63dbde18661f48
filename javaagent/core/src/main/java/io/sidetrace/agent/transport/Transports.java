package io.sidetrace.agent.transport;

import io.sidetrace.agent.config.AgentConfig;
import io.sidetrace.agent.log.Log;
import io.sidetrace.event.Event.Origin;
import java.nio.file.Path;

/** Chooses the way out of the process. */
public final class Transports {

  private Transports() {}

  /** Opens files and begins to connect; never fails, since both may work later. */
  public static Transport open(AgentConfig config, Origin origin, Ledger ledger, Log log) {
    String url = config.redisUrl();
    Path root = config.spool().toPath();
    if (url == null) {
      log.info("tracing " + origin.service() + " to the spool " + root);
      return new SpoolTransport(root, origin.instance(), config.spoolMaxBytes(), ledger, log);
    }
    RedisTarget redis =
        new RedisTarget(url, config.redisCa(), config.redisCert(), config.redisKey());
    log.info("tracing " + origin.service() + " to Redis " + redis.name());
    return new RedisTransport(
        new RedisGate(redis, config.redisStreams(), config.redisMaxLength(), log),
        new Overflow(root, origin.instance(), config.spoolMaxBytes(), ledger, log),
        ledger);
  }
}
