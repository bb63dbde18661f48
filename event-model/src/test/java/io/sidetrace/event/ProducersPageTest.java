package io.sidetrace.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.embedded.RedisServer;

/** The example in {@code docs/producers.md}, run as it stands there. Needs python3. */
class ProducersPageTest {

  @TempDir Path directory;

  @Test
  void theExampleAddsAnEventThatWeCanRead() throws Exception {
    Path script = Files.writeString(directory.resolve("example.py"), example());
    int port = freePort();
    RedisServer redis = RedisServer.newRedisServer().port(port).setting("save ''").build();
    redis.start();
    try {
      ProcessBuilder python = new ProcessBuilder("python3", script.toString());
      python.environment().put("REDIS_PORT", "" + port);
      python.redirectErrorStream(true);
      Process process = python.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(process.waitFor()).as(output).isZero();
      // XRANGE answers with a list of [id, [e, event, q, request, r, response]].
      List<String> words = ask(port, "XRANGE " + EventStream.KEY + " - +", 17);
      assertThat(words.get(6)).isEqualTo(EventStream.EVENT);
      Event event = new EventReader().read(Slice.ofUtf8(words.get(8)));
      assertThat(event.kind()).isEqualTo(Event.Kind.EXCHANGE);
      assertThat(event.origin().service()).isEqualTo("notebook");
      assertThat(words.get(10)).isEqualTo(EventStream.REQUEST);
      assertThat(words.get(12)).contains("\"content\": \"Hello\"");
      assertThat(words.get(14)).isEqualTo(EventStream.RESPONSE);
      assertThat(words.get(16)).contains("\"completion_tokens\": 2");
    } finally {
      redis.stop();
    }
  }

  private static String example() throws Exception {
    String page = Files.readString(Path.of("../docs/producers.md"));
    int start = page.indexOf("```python\n") + 10;
    return page.substring(start, page.indexOf("```", start));
  }

  private static List<String> ask(int port, String command, int lines) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
      BufferedReader answer =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      return answer.lines().limit(lines).toList();
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
