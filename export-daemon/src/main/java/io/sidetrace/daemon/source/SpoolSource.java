package io.sidetrace.daemon.source;

import io.sidetrace.event.Spool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what agents on this machine have spooled, see {@link Spool}. One daemon per root, by a
 * lock. Folders take turns, a window each, so that a busy process does not hold up a quiet one.
 */
public final class SpoolSource implements Source {
  private static final Logger log = LoggerFactory.getLogger(SpoolSource.class);

  /** Segments that are read again at once at most: their room may be gone after a few. */
  private static final int WAKE_AT_ONCE = 4;

  private final Path root;
  private final long pollNanos;
  private final FileLocking lock;
  private final AgentLedgers ledgers;
  private final Inbox<FrameReceipt> inbox;
  private final Map<Path, ProcessFolder> folders = new LinkedHashMap<>();
  private final ArrayDeque<ProcessFolder> turns = new ArrayDeque<>();
  private final Map<Segment, ProcessFolder> open = new LinkedHashMap<>();
  private final ArrayDeque<Rest> resting = new ArrayDeque<>();
  private final Set<String> complaints = new HashSet<>();
  private long refreshedNanos;

  /** What lies there before it may be the rest of what a former life began. */
  private boolean firstLook = true;

  private volatile @Nullable String trouble;

  /** A segment with frames that nobody could take. */
  private record Rest(Segment segment, ProcessFolder folder, long sinceNanos) {}

  private SpoolSource(Path root, Duration poll, FileLocking lock, AgentLedgers ledgers, Bell bell) {
    this.root = root;
    this.pollNanos = poll.toNanos();
    this.lock = lock;
    this.ledgers = ledgers;
    this.inbox = new Inbox<>(bell);
    this.refreshedNanos = System.nanoTime() - pollNanos;
  }

  /**
   * @param poll how often an idle root is looked at
   * @param bell rung when an event is settled
   * @throws IOException if the root cannot be made or locked; the message is for the user
   */
  public static SpoolSource open(Path root, Duration poll, AgentLedgers ledgers, Bell bell)
      throws IOException {
    if (!Files.isDirectory(root)) {
      Files.createDirectories(
          root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    FileLocking lock = FileLocking.tryLock(root.resolve("daemon.lock"), true);
    if (lock == null) {
      throw new IOException(
          "another daemon reads the spool " + root + "; stop it, or name another root by --spool");
    }
    return new SpoolSource(root, poll, lock, ledgers, bell);
  }

  @Override
  public String name() {
    return "spool";
  }

  @Override
  public boolean read(Intake to) {
    if (turns.isEmpty() && !refresh()) {
      return false;
    }
    ProcessFolder folder = turns.removeFirst();
    Segment segment = folder.next();
    if (segment == null) {
      return !turns.isEmpty();
    }
    open.put(segment, folder);
    try {
      if (!segment.read(to, inbox)) {
        folder.wasRead(segment);
      }
    } catch (IOException e) {
      folder.wasRead(segment);
      complain("cannot read " + segment, e);
    }
    if (folder.next() != null) {
      turns.addLast(folder);
    }
    return true;
  }

  @Override
  public void acknowledge() {
    Set<Segment> touched = new HashSet<>();
    inbox.drain(
        receipt -> {
          receipt.segment().settled(receipt);
          touched.add(receipt.segment());
        });
    for (Segment segment : touched) {
      try {
        segment.acknowledge();
      } catch (IOException e) {
        complain("cannot note what is settled of " + segment + ", it may be sent again", e);
      }
    }
    open.entrySet().removeIf(entry -> letGo(entry.getKey(), entry.getValue()));
  }

  private boolean letGo(Segment segment, ProcessFolder folder) {
    if (!segment.isFinished()) {
      return false;
    }
    try {
      if (segment.hasReturned()) {
        segment.close();
        resting.add(new Rest(segment, folder, System.nanoTime()));
        return true;
      }
      segment.acknowledge();
    } catch (IOException e) {
      // It stays known, so that it is not read again by this daemon.
      complain("cannot remove " + segment + "; remove it by hand", e);
      return true;
    }
    folder.forget(segment);
    return true;
  }

  /**
   * @return true if a folder has something to read
   */
  private boolean refresh() {
    long now = System.nanoTime();
    if (now - refreshedNanos < pollNanos) {
      return false;
    }
    refreshedNanos = now;
    wake(now);
    try (Stream<Path> found = Files.list(root)) {
      found
          .filter(SpoolSource::isHandedOver)
          .forEach(path -> folders.computeIfAbsent(path, p -> new ProcessFolder(p, ledgers)));
      trouble = null;
    } catch (IOException e) {
      trouble = "cannot list the spool " + root + ": " + e;
      complain("cannot list the spool " + root, e);
    }
    for (ProcessFolder folder : new ArrayList<>(folders.values())) {
      refresh(folder);
    }
    firstLook = false;
    return !turns.isEmpty();
  }

  /** A folder gets its name once its process holds the lock; before, the name begins with a dot. */
  static boolean isHandedOver(Path path) {
    return Files.isDirectory(path) && !path.getFileName().toString().startsWith(".");
  }

  private void refresh(ProcessFolder folder) {
    try {
      if (folder.isGone()) {
        folder.close();
        folders.values().remove(folder);
        return;
      }
      folder.refresh(!firstLook);
      if (folder.next() != null) {
        turns.addLast(folder);
      } else if (folder.removeIfDone()) {
        folders.values().remove(folder);
      }
    } catch (IOException e) {
      complain("cannot read the spool folder " + folder, e);
    }
  }

  /** Forgets segments that have rested, so that their folders find them again. */
  private void wake(long now) {
    int woken = 0;
    Iterator<Rest> oldest = resting.iterator();
    while (oldest.hasNext() && woken < WAKE_AT_ONCE) {
      Rest rest = oldest.next();
      if (rest.segment().mayBeReadAgain(now - rest.sinceNanos())) {
        oldest.remove();
        rest.folder().forget(rest.segment());
        woken++;
      }
    }
  }

  /** The first of a kind is a warning; the rest would only repeat it ten times a second. */
  private void complain(String what, IOException e) {
    if (complaints.size() < 1000 && complaints.add(what)) {
      log.warn("{}: {}", what, e.toString());
    } else {
      log.debug("{}: {}", what, e.toString());
    }
  }

  @Override
  public Backlog backlog() throws IOException {
    return SpoolBacklog.of(root);
  }

  @Override
  public @Nullable String trouble() {
    return trouble;
  }

  @Override
  public void close() {
    try {
      for (ProcessFolder folder : folders.values()) {
        folder.close();
      }
      lock.close();
    } catch (IOException e) {
      complain("cannot close the spool " + root, e);
    }
  }
}
