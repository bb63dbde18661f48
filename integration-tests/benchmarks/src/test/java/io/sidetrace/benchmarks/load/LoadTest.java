package io.sidetrace.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadTest {
  private static final Workload HELLO = Workload.post("hello", "/", "{}");

  private HttpServer server;

  @BeforeEach
  void bind() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void closed_readsPlainAndChunkedAnswersToTheirEnd() throws Exception {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(new byte[100]);
          exchange.getResponseBody().flush();
          exchange.getResponseBody().write(new byte[40_000]);
          exchange.close();
        });
    server.start();

    Load.Result result = new Load(server.getAddress().getPort(), 2).closed(HELLO, 50);

    assertThat(result.requests()).isEqualTo(50);
    assertThat(result.failures()).isZero();
  }

  @Test
  void closed_opensAnotherConnectionWhereTheServerEndsOne() throws Exception {
    server.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().set("Connection", "close");
          exchange.sendResponseHeaders(200, 2);
          exchange.getResponseBody().write("ok".getBytes(StandardCharsets.US_ASCII));
          exchange.close();
        });
    server.start();

    Load.Result result = new Load(server.getAddress().getPort(), 1).closed(HELLO, 5);

    assertThat(result.requests()).isEqualTo(5);
    assertThat(result.failures()).isZero();
  }

  @Test
  void open_countsTheTimeARequestWaitedForItsTurn() throws Exception {
    server.createContext(
        "/",
        exchange -> {
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();

    Load.Result result =
        new Load(server.getAddress().getPort(), 1).open(HELLO, 100, Duration.ofSeconds(1));

    // One connection serves 50 a second at most: the last of 100 was due a second before it came.
    assertThat(result.requests()).isEqualTo(100);
    assertThat(result.micros().getMaxValue()).isGreaterThan(800_000);
  }

  @Test
  void closed_countsOtherAnswersAsFailures() throws Exception {
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    server.start();

    Load.Result result = new Load(server.getAddress().getPort(), 1).closed(HELLO, 5);

    assertThat(result.requests()).isZero();
    assertThat(result.failures()).isEqualTo(5);
  }
}
