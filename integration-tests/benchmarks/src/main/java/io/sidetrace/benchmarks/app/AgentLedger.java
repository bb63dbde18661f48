package io.sidetrace.benchmarks.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sidetrace.event.FrameReader;
import io.sidetrace.event.Spool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an agent counted, as its ledger in the spool says, and what is really there.
 *
 * @param dropped by cause, in words
 * @param found frames in the spool's segments
 */
public record AgentLedger(
    long captured, long sent, long droppedInAll, String dropped, long queued, long found) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of the one agent that used this spool root, after its end. */
  public static AgentLedger of(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root, 2)) {
      List<Path> all = files.toList();
      Path ledger =
          all.stream()
              .filter(file -> file.endsWith(Spool.LEDGER))
              .findFirst()
              .orElseThrow(() -> new IOException("no " + Spool.LEDGER + " under " + root));
      long found = 0;
      for (Path file : all) {
        if (file.toString().endsWith(Spool.CLOSED) || file.toString().endsWith(Spool.OPEN)) {
          found += frames(file);
        }
      }
      return of(JSON.readTree(ledger.toFile()), found);
    }
  }

  private static AgentLedger of(JsonNode ledger, long found) {
    long all = 0;
    StringBuilder words = new StringBuilder();
    Iterator<Map.Entry<String, JsonNode>> causes = ledger.path("dropped").properties().iterator();
    while (causes.hasNext()) {
      Map.Entry<String, JsonNode> cause = causes.next();
      long count = cause.getValue().asLong();
      all += count;
      words.append(count == 0 ? "" : " " + count + " " + cause.getKey());
    }
    return new AgentLedger(
        ledger.path("captured").asLong(),
        ledger.path("sent").asLong(),
        all,
        words.toString().trim(),
        ledger.path("queued").asLong(),
        found);
  }

  private static long frames(Path segment) throws IOException {
    FrameReader reader = FrameReader.ofSegment(Files.readAllBytes(segment));
    long frames = 0;
    while (reader.next() != null) {
      frames++;
    }
    return frames;
  }

  /** Events nobody accounts for. */
  public long missing() {
    return captured - sent - droppedInAll - queued;
  }
}
