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
    String redis = name(url);
    log.info("tracing " + origin.service() + " to Redis " + redis);
    return new RedisTransport(
        new RedisGate(url, redis, config.redisStreams(), config.redisMaxLength(), log),
        new Overflow(root, origin.instance(), config.spoolMaxBytes(), ledger, log),
        ledger);
  }

  /** Host, port and database: the password stays out of every message. */
  private static String name(String url) {
    int from = Math.max(url.indexOf("://") + 3, url.lastIndexOf('@') + 1);
    int query = url.indexOf('?', from);
    return url.substring(from, query < 0 ? url.length() : query);
  }
}
