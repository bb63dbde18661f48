package io.sidetrace.harness;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Three masters that share the slots, each with a replica that follows it. */
public final class RedisCluster implements AutoCloseable {
  private static final int MASTERS = 3;
  private static final int SLOTS = 16_384;
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final List<RedisProcess> nodes = new ArrayList<>();

  private RedisCluster() {}

  /**
   * Takes orders when this returns.
   *
   * @param settings of the nodes: {@code --name}, value
   */
  public static RedisCluster start(Path directory, String... settings) {
    RedisCluster cluster = new RedisCluster();
    try {
      for (int n = 0; n < 2 * MASTERS; n++) {
        List<String> all = new ArrayList<>(List.of("--cluster-enabled", "yes"));
        all.addAll(List.of("--cluster-node-timeout", "2000"));
        all.addAll(List.of(settings));
        cluster.nodes.add(
            RedisProcess.start(
                directory.resolve("node-" + n), RedisProcess.freePortForCluster(), all));
      }
      cluster.join();
      return cluster;
    } catch (RuntimeException | AssertionError e) {
      cluster.close();
      throw e;
    }
  }

  /** Two of its nodes, as daemons and agents are told. */
  public String url() {
    return nodes.stream()
        .limit(2)
        .map(node -> "127.0.0.1:" + node.port())
        .collect(Collectors.joining(",", "redis-cluster://", ""));
  }

  public List<RedisProcess> nodes() {
    return nodes;
  }

  /** The node that holds a key now. */
  public RedisProcess masterOf(String key) {
    return nodes.stream()
        .filter(node -> node.program().isAlive())
        .filter(node -> !node.command("INFO", "replication").contains("role:slave"))
        .filter(node -> holds(node, key))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no node that lives holds " + key));
  }

  /** The nodes that hold a key or would if their master died. */
  public List<RedisProcess> shardOf(String key) {
    RedisProcess master = masterOf(key);
    return nodes.stream()
        .filter(
            node ->
                node == master
                    || node.command("INFO", "replication")
                        .contains("master_port:" + master.port() + "\r"))
        .toList();
  }

  /** Until a key has another master, and the cluster is whole. */
  public void awaitFailover(String key, RedisProcess from) {
    Await.until(
        "a new master of " + key,
        LIMIT,
        () ->
            nodes.stream()
                .filter(node -> node != from && node.program().isAlive())
                .filter(node -> !node.command("INFO", "replication").contains("role:slave"))
                .anyMatch(node -> holds(node, key)));
    awaitState(from);
  }

  private void join() {
    RedisProcess first = nodes.get(0);
    for (RedisProcess node : nodes.subList(1, nodes.size())) {
      first.command("CLUSTER", "MEET", "127.0.0.1", "" + node.port());
    }
    for (int n = 0; n < MASTERS; n++) {
      List<String> words = new ArrayList<>(List.of("CLUSTER", "ADDSLOTS"));
      IntStream.range(n * SLOTS / MASTERS, (n + 1) * SLOTS / MASTERS)
          .forEach(slot -> words.add("" + slot));
      nodes.get(n).command(words.toArray(String[]::new));
    }
    Await.until("the nodes to meet", LIMIT, () -> nodes.stream().allMatch(this::knowsAll));
    for (int n = 0; n < MASTERS; n++) {
      String master = nodes.get(n).command("CLUSTER", "MYID");
      nodes.get(MASTERS + n).command("CLUSTER", "REPLICATE", master);
    }
    Await.until(
        "replication",
        LIMIT,
        () ->
            nodes.subList(0, MASTERS).stream()
                .allMatch(node -> node.command("INFO", "replication").contains("state=online")));
    Await.until(
        "all to know who follows whom", LIMIT, () -> nodes.stream().allMatch(this::isWhole));
    awaitState(null);
  }

  private boolean isWhole(RedisProcess node) {
    String told = node.command("CLUSTER", "NODES");
    return told.lines().filter(line -> line.contains("slave ")).count() == MASTERS;
  }

  private boolean knowsAll(RedisProcess node) {
    return node.command("CLUSTER", "NODES").lines().filter(line -> !line.isBlank()).count()
        == nodes.size();
  }

  private void awaitState(@Nullable RedisProcess but) {
    Await.until(
        "a whole cluster",
        LIMIT,
        () ->
            nodes.stream()
                .filter(node -> node != but && node.program().isAlive())
                .allMatch(node -> node.command("CLUSTER", "INFO").contains("cluster_state:ok")));
  }

  /** A node that does not hold it answers MOVED. */
  private static boolean holds(RedisProcess node, String key) {
    try {
      node.command("EXISTS", key);
      return true;
    } catch (IllegalStateException moved) {
      return false;
    }
  }

  @Override
  public void close() {
    nodes.forEach(RedisProcess::close);
  }
}
