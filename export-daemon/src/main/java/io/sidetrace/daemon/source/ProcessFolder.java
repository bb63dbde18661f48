package io.sidetrace.daemon.source;

import io.sidetrace.event.Spool;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder of one agent process: its segments, and whether the process still lives. */
final class ProcessFolder {
  private static final Duration STARTED_WITHIN = Duration.ofMinutes(1);

  private final Path folder;
  private final AgentLedgers ledgers;
  private final TreeMap<Long, Segment> unread = new TreeMap<>();
  private final Map<Long, Segment> known = new HashMap<>();
  private @Nullable FileLocking takenOver;

  ProcessFolder(Path folder, AgentLedgers ledgers) {
    this.folder = folder;
    this.ledgers = ledgers;
  }

  /**
   * Looks for new segments, and whether the process has died.
   *
   * @param continuous see {@link Delivery#continuous}
   */
  void refresh(boolean continuous) throws IOException {
    // First the lock, then the files: what a process closed before it died is then seen.
    takeOverIfDead();
    for (Path file : list()) {
      String name = file.getFileName().toString();
      long number = number(name);
      if (number >= 0 && !known.containsKey(number)) {
        Segment segment = new Segment(file, continuous && !isReplay());
        known.put(number, segment);
        unread.put(number, segment);
      }
    }
    ledgers.read(folder);
  }

  boolean isGone() {
    return !Files.exists(folder);
  }

  /** The next segment to read from; null if all are read. */
  @Nullable Segment next() {
    Map.Entry<Long, Segment> first = unread.firstEntry();
    return first == null ? null : first.getValue();
  }

  void wasRead(Segment segment) {
    unread.values().remove(segment);
  }

  /** Lets go of a segment; if its file is still there, the next refresh finds it again. */
  void forget(Segment segment) {
    unread.values().remove(segment);
    known.values().remove(segment);
  }

  /**
   * Removes the folder of a dead process once it holds no segment.
   *
   * @return true if it is gone
   */
  boolean removeIfDone() throws IOException {
    FileLocking lock = takenOver;
    if (lock == null || !known.isEmpty()) {
      return false;
    }
    for (Path file : list()) {
      String name = file.getFileName().toString();
      if (name.endsWith(Spool.SETTLED) || name.startsWith(".")) {
        Files.deleteIfExists(
            file); // what a crash left: of ours beside a segment, a draft of theirs
      }
    }
    ledgers.finish(folder);
    Files.deleteIfExists(folder.resolve(Spool.LEDGER));
    Files.deleteIfExists(folder.resolve(Spool.LOCK));
    lock.close();
    try {
      Files.deleteIfExists(folder);
    } catch (DirectoryNotEmptyException e) {
      return false;
    }
    return true;
  }

  void close() throws IOException {
    for (Segment segment : known.values()) {
      segment.close();
    }
    if (takenOver != null) {
      takenOver.close();
    }
  }

  private void takeOverIfDead() throws IOException {
    if (takenOver == null) {
      try {
        takenOver = FileLocking.tryLock(folder.resolve(Spool.LOCK), false);
      } catch (NoSuchFileException e) {
        // A process that is only just starting makes the folder first, then the lock.
        if (isOld()) {
          takenOver = FileLocking.tryLock(folder.resolve(Spool.LOCK), true);
        }
      }
    }
  }

  /** Dead letters that come again are old numbers, from any time. */
  private boolean isReplay() {
    return folder.getFileName().toString().startsWith("replay-");
  }

  private boolean isOld() throws IOException {
    long changed = Files.getLastModifiedTime(folder).toMillis();
    return System.currentTimeMillis() - changed > STARTED_WITHIN.toMillis();
  }

  private long number(String name) {
    boolean ours = name.endsWith(Spool.CLOSED) || (takenOver != null && name.endsWith(Spool.OPEN));
    if (!ours) {
      return -1;
    }
    try {
      return Long.parseLong(name.substring(0, name.lastIndexOf('.')));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private List<Path> list() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(files.toList());
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
