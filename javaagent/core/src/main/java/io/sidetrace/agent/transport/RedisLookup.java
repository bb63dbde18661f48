package io.sidetrace.agent.transport;

import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/**
 * Finds the server that takes a stream's events at the moment, by asking one seed after the other.
 * Asked anew for each connection, so that a failover is followed. Waits for the network.
 */
final class RedisLookup {
  private final RedisAddress address;
  private final byte[] stream;

  /**
   * @param stream its key; in a cluster it decides which node it is
   */
  RedisLookup(RedisAddress address, byte[] stream) {
    this.address = address;
    this.stream = stream;
  }

  /**
   * @throws JedisException what the last seed said, if none of them knows
   */
  HostAndPort server() {
    if (address.kind() == RedisAddress.Kind.SERVER) {
      return address.seeds().get(0);
    }
    JedisException last = new JedisException("redis.url names no host");
    for (HostAndPort seed : address.seeds()) {
      try {
        return address.kind() == RedisAddress.Kind.SENTINEL ? master(seed) : owner(seed);
      } catch (JedisException e) {
        last = e;
      }
    }
    throw last;
  }

  private HostAndPort master(HostAndPort sentinel) {
    try (Connection asked = new Connection(sentinel, address.sentinelConfig())) {
      asked.sendCommand(Command.SENTINEL, "GET-MASTER-ADDR-BY-NAME", address.master());
      @Nullable List<String> told = asked.getMultiBulkReply();
      if (told == null || told.size() != 2) {
        throw new JedisException("sentinel " + sentinel + " knows no master " + address.master());
      }
      return new HostAndPort(told.get(0), Integer.parseInt(told.get(1)));
    }
  }

  /** A node that has not got the stream says who has; to ask for its length is a right we have. */
  private HostAndPort owner(HostAndPort node) {
    try (Connection asked = new Connection(node, address.config())) {
      asked.sendCommand(Command.XLEN, stream);
      asked.getIntegerReply();
      return node;
    } catch (JedisMovedDataException elsewhere) {
      return elsewhere.getTargetNode();
    }
  }
}
