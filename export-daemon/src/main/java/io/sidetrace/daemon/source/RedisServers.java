package io.sidetrace.daemon.source;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import io.lettuce.core.sentinel.api.async.RedisSentinelAsyncCommands;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The servers of a deployment, masters and replicas, since each replica may be the master tomorrow.
 *
 * @param servers each with what INFO says there
 * @param doubts what makes a failover unlikely to go well
 */
public record RedisServers(List<Server> servers, List<Doubt> doubts) {

  /**
   * One server.
   *
   * @param name host and port
   * @param info all of INFO, by name
   */
  public record Server(String name, Map<String, String> info) {}

  /**
   * What to think about, and what to do.
   *
   * @param fatal whether it cannot be read like this
   */
  public record Doubt(boolean fatal, String what, String advice) {}

  static RedisServers single(RedisClient client, RedisURI uri) {
    Server server = look(client, uri);
    List<Doubt> doubts = new ArrayList<>();
    if ("cluster".equals(server.info().get("redis_mode"))) {
      doubts.add(
          new Doubt(true, "is a node of a cluster", "write redis-cluster:// instead of redis://"));
    }
    if ("slave".equals(server.info().get("role"))) {
      doubts.add(
          new Doubt(
              true,
              "is a replica, which takes no orders",
              "name the master, or sentinels: redis-sentinel://host:26379,host:26379#name"));
    }
    return new RedisServers(List.of(server), doubts);
  }

  static RedisServers bySentinel(RedisClient client, RedisURI uri) {
    String name = uri.getSentinelMasterId();
    List<Server> servers = new ArrayList<>();
    List<Doubt> doubts = new ArrayList<>();
    try (StatefulRedisSentinelConnection<String, String> open =
        RedisLink.await(client.connectSentinelAsync(StringCodec.UTF8, uri), RedisLink.OPEN)) {
      RedisSentinelAsyncCommands<String, String> sentinel = open.async();
      Map<String, String> master = RedisLink.await(sentinel.master(name));
      servers.add(look(client, at(master, uri)));
      for (Map<String, String> replica : RedisLink.await(sentinel.replicas(name))) {
        if (!replica.getOrDefault("flags", "").contains("down")) {
          servers.add(look(client, at(replica, uri)));
        }
      }
      int sentinels = 1 + Integer.parseInt(master.getOrDefault("num-other-sentinels", "0"));
      if (sentinels < 3) {
        doubts.add(
            new Doubt(
                false,
                "only "
                    + sentinels
                    + " sentinels watch "
                    + name
                    + ": one that dies may be one too many",
                "run three, on machines of their own"));
      }
    }
    if (servers.size() == 1) {
      doubts.add(
          new Doubt(
              false,
              name + " has no replica that is up: nobody takes over from it",
              "add a replica"));
    }
    return new RedisServers(servers, doubts);
  }

  static RedisServers ofCluster(StatefulRedisClusterConnection<String, byte[]> open) {
    List<Server> servers = new ArrayList<>();
    List<Doubt> doubts = new ArrayList<>();
    try (open) {
      List<RedisClusterNode> nodes = List.copyOf(open.getPartitions());
      for (RedisClusterNode node : nodes) {
        String name = node.getUri().getHost() + ":" + node.getUri().getPort();
        if (node.is(RedisClusterNode.NodeFlag.FAIL)) {
          doubts.add(new Doubt(false, name + " is down", "start it, or CLUSTER FORGET it"));
          continue;
        }
        servers.add(
            new Server(
                name,
                parse(
                    RedisLink.await(
                        RedisLink.await(open.getConnectionAsync(node.getNodeId()), RedisLink.OPEN)
                            .async()
                            .info()))));
        boolean master = !node.getSlots().isEmpty();
        if (master && nodes.stream().noneMatch(n -> node.getNodeId().equals(n.getSlaveOf()))) {
          doubts.add(
              new Doubt(
                  false,
                  name + " has no replica: streams of its slots are away while it is",
                  "add a replica"));
        }
      }
    }
    return new RedisServers(servers, doubts);
  }

  private static Server look(RedisClient client, RedisURI uri) {
    try (StatefulRedisConnection<String, String> open =
        RedisLink.await(client.connectAsync(StringCodec.UTF8, uri), RedisLink.OPEN)) {
      return new Server(
          uri.getHost() + ":" + uri.getPort(), parse(RedisLink.await(open.async().info())));
    }
  }

  /** A data server with the user and TLS of the URL that names the sentinels. */
  private static RedisURI at(Map<String, String> told, RedisURI sentinels) {
    RedisURI uri =
        RedisURI.builder()
            .withHost(told.getOrDefault("ip", ""))
            .withPort(Integer.parseInt(told.getOrDefault("port", "0")))
            .withSsl(sentinels.isSsl())
            .withVerifyPeer(sentinels.getVerifyMode())
            .withTimeout(sentinels.getTimeout())
            .build();
    uri.setCredentialsProvider(sentinels.getCredentialsProvider());
    return uri;
  }

  private static Map<String, String> parse(String info) {
    Map<String, String> values = new HashMap<>();
    for (String line : info.lines().toList()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        values.put(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    return values;
  }
}
