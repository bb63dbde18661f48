package io.sidetrace.daemon.source;

import com.fasterxml.jackson.core.JsonFactory;
import io.sidetrace.event.Spool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one agent process has in a spool, seen from outside.
 *
 * @param alive true if the process still holds its lock
 * @param backlog its segments
 * @param counts from its ledger, by dotted name; empty if it wrote none yet
 */
public record AgentFolder(Path folder, boolean alive, Backlog backlog, Map<String, Long> counts) {

  /**
   * All under a root, in the order of their names. Takes the locks of dead processes for an
   * instant.
   *
   * @throws IOException if the root or a folder cannot be looked at
   */
  public static List<AgentFolder> under(Path root) throws IOException {
    List<AgentFolder> all = new ArrayList<>();
    try (Stream<Path> found = Files.list(root)) {
      for (Path path : found.filter(SpoolSource::isHandedOver).sorted().toList()) {
        all.add(new AgentFolder(path, isAlive(path), SpoolBacklog.of(path), counts(path)));
      }
    }
    return all;
  }

  private static boolean isAlive(Path folder) throws IOException {
    try {
      FileLocking lock = FileLocking.tryLock(folder.resolve(Spool.LOCK), false);
      if (lock != null) {
        lock.close();
      }
      return lock == null;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static Map<String, Long> counts(Path folder) throws IOException {
    try {
      return AgentLedgers.parse(
          new JsonFactory(), Files.readAllBytes(folder.resolve(Spool.LEDGER)));
    } catch (NoSuchFileException e) {
      return Map.of(); // an agent writes it only after its first seconds
    }
  }
}
