package io.sidetrace.daemon.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sidetrace.event.Spool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What agents counted, as they wrote it into {@value Spool#LEDGER}: any number in the document, by
 * its dotted name. The counts of processes that ended are kept in a sum. Thread-safe to read.
 */
public final class AgentLedgers {
  private static final Logger log = LoggerFactory.getLogger(AgentLedgers.class);
  private static final int MAX_BYTES = 1 << 20;

  /** Numbers whose sum means nothing: the document's version and when it was written. */
  private static final Set<String> NO_COUNTS = Set.of("v", "atMillis");

  private final JsonFactory json = new JsonFactory();
  private final Map<Path, Long> readAt = new HashMap<>();
  private final Map<Path, Map<String, Long>> living = new ConcurrentHashMap<>();
  private final Map<String, Long> ended = new ConcurrentHashMap<>();

  /** Reads the ledger in {@code folder} if it changed. Called by the source's thread. */
  void read(Path folder) {
    Path file = folder.resolve(Spool.LEDGER);
    try {
      long changed = Files.getLastModifiedTime(file).toMillis();
      Long before = readAt.put(folder, changed);
      if ((before == null || before != changed) && Files.size(file) <= MAX_BYTES) {
        living.put(folder, parse(json, Files.readAllBytes(file)));
      }
    } catch (NoSuchFileException e) {
      // An agent writes it only after its first seconds.
      readAt.remove(folder);
    } catch (IOException e) {
      log.debug("cannot read {}: {}", file, e.toString());
    }
  }

  /** The process is gone and so is its folder: says what it counted, and adds it to the sum. */
  void finish(Path folder) {
    read(folder);
    readAt.remove(folder);
    Map<String, Long> last = living.remove(folder);
    if (last != null) {
      log.info("{} has ended; its agent counted {}", folder.getFileName(), last);
      last.forEach((name, count) -> ended.merge(name, count, Long::sum));
    }
  }

  /** The counts of all agents seen, living and ended. Any thread. */
  public Map<String, Long> sum() {
    Map<String, Long> sum = new TreeMap<>(ended);
    living.values().forEach(one -> one.forEach((name, count) -> sum.merge(name, count, Long::sum)));
    return sum;
  }

  static Map<String, Long> parse(JsonFactory json, byte[] bytes) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    try (JsonParser from = json.createParser(bytes)) {
      for (JsonToken token = from.nextToken(); token != null; token = from.nextToken()) {
        if (token == JsonToken.VALUE_NUMBER_INT) {
          String pointer = from.getParsingContext().pathAsPointer().toString();
          String name = pointer.substring(1).replace('/', '.');
          if (!NO_COUNTS.contains(name)) {
            counts.put(name, from.getLongValue());
          }
        }
      }
    }
    return counts;
  }
}
