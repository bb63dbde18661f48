package io.sidetrace.daemon.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.Options;
import io.sidetrace.daemon.RedisProducer;
import io.sidetrace.event.Spool;
import io.sidetrace.harness.RedisCluster;
import io.sidetrace.harness.RedisProcess;
import io.sidetrace.harness.RedisSentinels;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  @TempDir Path folder;

  private HttpServer langfuse;
  private Path spool;
  private Options options;
  private int status = 200;

  @BeforeEach
  void start() throws IOException {
    langfuse = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    langfuse.createContext(
        "/api/public/projects",
        exchange -> {
          byte[] body =
              "{\"data\":[{\"id\":\"p1\",\"name\":\"support-bot\"}]}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    langfuse.start();
    spool =
        Files.createDirectory(
            folder.resolve("spool"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    options =
        Options.in(folder)
            .with("exporters", "langfuse")
            .with("langfuse-url", "http://127.0.0.1:" + langfuse.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    langfuse.stop(0);
  }

  @Test
  void allIsWell() throws Exception {
    try (FakeAgent agent = new FakeAgent(spool, "demo-1-1")) {
      List<String> found = look();

      assertThat(agent.folder()).exists();
      assertThat(found)
          .anyMatch(line -> line.matches("OK langfuse: .*the project 'support-bot'.*"))
          .anyMatch(line -> line.matches("OK spool: .*can be read and written.*"))
          .anyMatch(line -> line.matches("OK agents: demo-1-1 is alive.*"))
          .anyMatch(line -> line.matches("OK dead letters: none.*"))
          .noneMatch(line -> line.startsWith("FAIL"));
    }
  }

  @Test
  void keys_thatAreRefused_fail() throws Exception {
    status = 401;

    assertThat(look())
        .anyMatch(line -> line.matches("FAIL langfuse: .*401.*LANGFUSE_SECRET_KEY.*"));
  }

  /** The JDK's server sets the date itself. */
  @Test
  void clock_thatIsOff_isTold() throws Exception {
    String answer =
        "HTTP/1.1 200 OK\r\nDate: Mon, 02 Nov 2020 10:00:00 GMT\r\nContent-Length: 0\r\n\r\n";
    try (ServerSocket old = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread server =
          new Thread(
              () -> {
                try (Socket one = old.accept()) {
                  BufferedReader request =
                      new BufferedReader(
                          new InputStreamReader(one.getInputStream(), StandardCharsets.US_ASCII));
                  String line = request.readLine();
                  while (line != null && !line.isEmpty()) {
                    line = request.readLine();
                  }
                  one.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      server.start();
      options.with("langfuse-url", "http://127.0.0.1:" + old.getLocalPort());

      assertThat(look()).anyMatch(line -> line.matches("WARN clock: .* s ahead of Langfuse.*"));

      server.join();
    }
  }

  @Test
  void langfuse_thatIsNotThere_fails() throws Exception {
    langfuse.stop(0);

    assertThat(look()).anyMatch(line -> line.matches("FAIL langfuse: .*does not answer.*"));
  }

  @Test
  void spool_thatEverybodyMayRead_isTold() throws Exception {
    Files.setPosixFilePermissions(spool, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(look()).anyMatch(line -> line.matches("WARN spool: .*open to every user.*"));

    Files.setPosixFilePermissions(spool, PosixFilePermissions.fromString("rwxrwx---"));
    assertThat(look()).anyMatch(line -> line.matches("FAIL spool: .*setgid.*chmod 2770.*"));
  }

  @Test
  void agents_thatDropOrWait_areTold() throws Exception {
    try (FakeAgent dropping = new FakeAgent(spool, "dropping-1-1");
        FakeAgent waiting = new FakeAgent(spool, "waiting-2-2")) {
      Files.writeString(
          dropping.folder().resolve(Spool.LEDGER), "{\"dropped\":{\"queueFull\":7,\"stopped\":0}}");
      Path old = waiting.close(FakeAgent.frame(1));
      Files.setLastModifiedTime(old, FileTime.fromMillis(System.currentTimeMillis() - 600_000));

      assertThat(look())
          .anyMatch(line -> line.matches("WARN agents: dropping-1-1 .*\\{queueFull=7}.*"))
          .anyMatch(line -> line.matches("WARN agents: waiting-2-2 .*the oldest for 6\\d\\d s.*"));
    }
  }

  @Test
  void port_thatAnotherHolds_fails() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      options.with("ops-port", "" + taken.getLocalPort());

      assertThat(look()).anyMatch(line -> line.matches("FAIL daemon: something else holds.*"));
    }
  }

  @Test
  void redis_isJudgedByItsSettings() throws Exception {
    try (RedisProcess redis = RedisProcess.start(folder.resolve("redis"))) {
      redis.command("CONFIG", "SET", "maxmemory", "100mb");
      options.with("redis", redis.url());
      assertThat(look())
          .anyMatch(line -> line.matches("OK redis: answers, version .*"))
          .anyMatch(line -> line.matches("OK redis: .*evicts nothing.*"))
          .anyMatch(line -> line.matches("OK redis: keeps what it holds.*"))
          .anyMatch(line -> line.matches("OK redis: this user may do all.*"))
          .anyMatch(line -> line.matches("OK redis: no daemon has read.*"));

      redis.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
      redis.command("CONFIG", "SET", "appendonly", "no");
      assertThat(look())
          .anyMatch(line -> line.matches("FAIL redis: maxmemory-policy is allkeys-lru.*"))
          .anyMatch(line -> line.matches("WARN redis: appendonly is off.*"));
    }
  }

  @Test
  void redis_rightsThatLack_areNamed_andNothingIsChanged() throws Exception {
    try (RedisProcess redis = RedisProcess.start(folder.resolve("redis"));
        RedisProducer producer = new RedisProducer(redis.url())) {
      redis.command(
          "ACL",
          "SETUSER",
          "some",
          "on",
          ">pw",
          "~sidetrace:*",
          "+@stream",
          "-xautoclaim",
          "-xdel",
          "-xadd",
          "+@connection");
      producer.add(FakeAgent.frame(1));
      options.with("redis", redis.url().replace("redis://", "redis://some:pw@"));

      assertThat(look())
          .anyMatch(
              line ->
                  line.matches(
                      "FAIL redis: .*may not XDEL, XAUTOCLAIM, XADD sidetrace:settled:.*"
                          + "SETUSER some.*"))
          .anyMatch(line -> line.matches("WARN redis: .*does not tell version.*"));
      assertThat(redis.command("XLEN", "sidetrace:events")).isEqualTo("1");
      assertThat(redis.command("EXISTS", "sidetrace:settled:{sidetrace:events}")).isEqualTo("0");
    }
  }

  @Test
  void redis_sentinels_areAskedForAllServers() throws Exception {
    try (RedisSentinels redis = RedisSentinels.start(folder, "--maxmemory", "100mb")) {
      options.with("redis", redis.url());
      assertThat(look())
          .anyMatch(line -> line.matches("OK redis: all 2 servers: answers, .*"))
          .anyMatch(line -> line.matches("OK redis: all 2 servers: .*evicts nothing.*"))
          .noneMatch(line -> line.matches("(WARN|FAIL) redis.*"));

      RedisProcess replica = redis.servers().get(1);
      replica.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
      assertThat(look())
          .anyMatch(line -> line.matches("FAIL redis: .*" + replica.port() + ": maxmemory-po.*"));

      options.with("redis", replica.url());
      assertThat(look()).anyMatch(line -> line.matches("FAIL redis: is a replica.*sentinel.*"));
    }
  }

  @Test
  void redis_clusters_areLookedAtNodeByNode() throws Exception {
    try (RedisCluster redis = RedisCluster.start(folder, "--maxmemory", "100mb")) {
      options.with("redis", redis.url()).with("redis-streams", "3");
      assertThat(look())
          .anyMatch(line -> line.matches("OK redis: all 6 servers: answers, .*"))
          .anyMatch(line -> line.matches("OK redis: this user may do all.*"))
          .noneMatch(line -> line.matches("(WARN|FAIL) redis.*"));

      RedisProcess node = redis.nodes().get(5);
      node.command("CONFIG", "SET", "appendonly", "no");
      assertThat(look())
          .anyMatch(line -> line.matches("WARN redis: .*" + node.port() + ": appendonly is off.*"));

      options.with("redis", node.url());
      assertThat(look()).anyMatch(line -> line.matches("FAIL redis: is a node of a cluster.*"));
    }
  }

  @Test
  void redis_thatIsNotThere_fails() throws Exception {
    options.with("redis", "redis://127.0.0.1:9");

    assertThat(look()).anyMatch(line -> line.matches("FAIL redis: no answer.*"));
  }

  private List<String> look() throws Exception {
    List<String> found = new ArrayList<>();
    new Doctor(options.build())
        .look(
            finding ->
                found.add(
                    finding.level()
                        + " "
                        + finding.subject()
                        + ": "
                        + finding.what()
                        + " "
                        + finding.advice()));
    return found;
  }
}
