package io.sidetrace.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A master, a replica, and three sentinels that make the one the other when it dies. */
public final class RedisSentinels implements AutoCloseable {
  /** The master's name among sentinels. */
  public static final String MASTER = "events";

  private static final int SENTINELS = 3;
  private static final Duration LIMIT = Duration.ofSeconds(40);

  private final List<RedisProcess> servers = new ArrayList<>();
  private final List<Program> sentinels = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();

  private RedisSentinels() {}

  /**
   * All know of each other when this returns.
   *
   * @param settings of the servers: {@code --name}, value
   */
  public static RedisSentinels start(Path directory, String... settings) {
    RedisSentinels all = new RedisSentinels();
    try {
      RedisProcess master = RedisProcess.start(directory.resolve("master"), settings);
      all.servers.add(master);
      RedisProcess replica = RedisProcess.start(directory.resolve("replica"), settings);
      all.servers.add(replica);
      replica.command("REPLICAOF", "127.0.0.1", "" + master.port());
      Await.until("replication", LIMIT, () -> all.replicaIsThere(master));
      for (int n = 0; n < SENTINELS; n++) {
        all.sentinel(directory.resolve("sentinel-" + n), master.port());
      }
      Await.until("the sentinels to meet", LIMIT, all::haveMet);
      return all;
    } catch (RuntimeException | AssertionError e) {
      all.close();
      throw e;
    }
  }

  /** Of the sentinels, as daemons and agents are told. */
  public String url() {
    return ports.stream()
        .map(port -> "127.0.0.1:" + port)
        .collect(Collectors.joining(",", "redis-sentinel://", "#" + MASTER));
  }

  /** Whom the sentinels name. */
  public RedisProcess master() {
    String named = ask(ports.get(0), "SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER);
    return servers.stream()
        .filter(server -> named.endsWith(" " + server.port()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the sentinels name " + named));
  }

  public List<RedisProcess> servers() {
    return servers;
  }

  /** From now on the sentinels answer this user alone, and {@link #master} no more. */
  public void lock(String user, String password) {
    for (int port : ports) {
      ask(port, "ACL", "SETUSER", user, "on", ">" + password, "allchannels", "+@all");
      ask(port, "ACL", "SETUSER", "default", "off");
    }
  }

  /** Until another is the master, and takes orders. */
  public void awaitFailover(RedisProcess from) {
    Await.until(
        "a new master",
        LIMIT,
        () -> master() != from && master().command("INFO", "replication").contains("role:master"));
  }

  private boolean replicaIsThere(RedisProcess master) {
    return master.command("INFO", "replication").contains("state=online");
  }

  private void sentinel(Path directory, int master) {
    int port = RedisProcess.freePort();
    try {
      Path file = Files.createDirectories(directory).resolve("sentinel.conf");
      Files.writeString(
          file,
          """
          port %d
          bind 127.0.0.1
          dir %s
          sentinel monitor %s 127.0.0.1 %d 2
          sentinel down-after-milliseconds %s 1000
          sentinel failover-timeout %s 5000
          """
              .formatted(port, directory.toAbsolutePath(), MASTER, master, MASTER, MASTER));
      Program sentinel =
          Program.start(
              "sentinel",
              directory.resolve("sentinel.log"),
              Map.of(),
              List.of(RedisBinary.in(directory).toString(), file.toString(), "--sentinel"));
      sentinels.add(sentinel);
      ports.add(port);
      sentinel.await(Pattern.compile("\\+monitor master"), LIMIT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean haveMet() {
    return ports.stream()
        .map(port -> ask(port, "SENTINEL", "MASTER", MASTER))
        .allMatch(
            told ->
                told.contains("num-other-sentinels " + (SENTINELS - 1))
                    && told.contains("num-slaves 1"));
  }

  private static String ask(int port, String... words) {
    return RedisProcess.command(port, words);
  }

  @Override
  public void close() {
    sentinels.forEach(Program::close);
    servers.forEach(RedisProcess::close);
  }
}
