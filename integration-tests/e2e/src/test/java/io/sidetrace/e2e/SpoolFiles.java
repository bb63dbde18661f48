package io.sidetrace.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sidetrace.event.FrameReader;
import io.sidetrace.event.Spool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads a spool as the daemon would, but leaves it as it is. */
final class SpoolFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path root;

  SpoolFiles(Path root) {
    this.root = root;
  }

  /** Every whole frame's event, in closed and open segments. */
  List<JsonNode> events() {
    List<JsonNode> events = new ArrayList<>();
    for (Path segment : files(Spool.CLOSED, Spool.OPEN)) {
      FrameReader frames = FrameReader.ofSegment(read(segment));
      for (FrameReader.Item item = frames.next(); item != null; item = frames.next()) {
        events.add(json(((FrameReader.Whole) item).event().toBytes()));
      }
    }
    return events;
  }

  /** The ledgers of all agent processes that have one. */
  List<JsonNode> ledgers() {
    return files(Spool.LEDGER).stream().map(file -> json(read(file))).toList();
  }

  private List<Path> files(String... endings) {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> Stream.of(endings).anyMatch(file.getFileName().toString()::endsWith))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(byte[] bytes) {
    try {
      return JSON.readTree(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
