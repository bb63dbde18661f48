package io.sidetrace.daemon.deadletter;

import io.sidetrace.event.FrameEncoder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of dead letters. Full, it takes no more and says so: the caller keeps the event then.
 * Written through the page cache, as the spool is. Thread-safe.
 */
public final class DeadLetters implements Closeable {
  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);
  private static final int FILE_BYTES = 8 << 20;
  private static final int KNOWN_REASONS = 200;

  private final Path folder;
  private final long maxBytes;
  private final FrameEncoder encoder = new FrameEncoder();
  private final Map<String, Long> reasons = new TreeMap<>();
  private final String session =
      System.currentTimeMillis() + "-" + ProcessHandle.current().pid() + "-";
  private @Nullable FileChannel channel;
  private @Nullable Object key;
  private int files;
  private boolean full;

  public DeadLetters(Path folder, long maxBytes) {
    this.folder = folder;
    this.maxBytes = maxBytes;
  }

  /** The files in {@code folder}, the oldest first. */
  public static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(f -> f.toString().endsWith(DeadLetterFile.SUFFIX)).sorted().toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  /**
   * @return false if there was no room or no way to write it
   */
  public synchronized boolean store(DeadLetter letter) {
    try {
      ByteBuffer bytes = DeadLetterFile.encode(letter, encoder);
      if (bytes(folder) + bytes.remaining() > maxBytes) {
        return refuse("the limit of " + maxBytes + " bytes is reached");
      }
      Files.createDirectories(folder, mode("rwx------"));
      append(bytes);
      full = false;
      note(letter);
      return true;
    } catch (IOException e) {
      abandonFile();
      return refuse(e.toString());
    }
  }

  private void append(ByteBuffer bytes) throws IOException {
    FolderLock lock = FolderLock.take(folder);
    try {
      FileChannel to = open();
      while (bytes.hasRemaining()) {
        to.write(bytes);
      }
    } finally {
      lock.close();
    }
  }

  /**
   * A letter that was cut by a full disk would hide those behind it: the next begins a new file.
   */
  private void abandonFile() {
    try {
      close();
    } catch (IOException e) {
      log.debug("cannot close a dead letter file: {}", e.toString());
    }
  }

  private boolean refuse(String why) {
    if (!full) {
      log.error(
          "dead letters in {} take no more: {}. Events that nobody takes stay where they are; look at"
              + " them with 'sidetrace deadletter list', then purge or raise dead-letters-max-bytes",
          folder,
          why);
    }
    full = true;
    return false;
  }

  private void note(DeadLetter letter) {
    String kind = letter.origin() + ": " + letter.reason().replaceAll("[0-9a-f]{16,}|\\d+", "#");
    boolean room = reasons.size() < KNOWN_REASONS;
    String row = room || reasons.containsKey(kind) ? kind : "other";
    if (reasons.merge(row, 1L, Long::sum) == 1) {
      log.warn(
          "dead letter from {}: {}; see 'sidetrace deadletter list'",
          letter.origin(),
          letter.reason());
    }
  }

  /**
   * How many were stored since the start, by origin and reason; numbers in reasons are {@code #}.
   */
  public synchronized Map<String, Long> reasons() {
    return Map.copyOf(reasons);
  }

  /** What lies in this folder. */
  public long bytes() throws IOException {
    return bytes(folder);
  }

  /** True if the last letter found no room. */
  public synchronized boolean isFull() {
    return full;
  }

  /** What lies in the folder, whoever wrote it. */
  public static long bytes(Path folder) throws IOException {
    long sum = 0;
    for (Path file : files(folder)) {
      try {
        sum += Files.size(file);
      } catch (NoSuchFileException e) {
        log.debug("{} was purged meanwhile", file);
      }
    }
    return sum;
  }

  private FileChannel open() throws IOException {
    FileChannel open = channel;
    if (open != null && open.size() < FILE_BYTES && Objects.equals(fileKey(), key)) {
      return open;
    }
    close();
    files++;
    open =
        FileChannel.open(
            current(),
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            mode("rw-------"));
    open.write(ByteBuffer.allocate(4).putInt(0, DeadLetterFile.MAGIC));
    channel = open;
    key = fileKey();
    return open;
  }

  /** Which file stands there: another one once somebody has replayed or purged some of it. */
  private @Nullable Object fileKey() throws IOException {
    try {
      return Files.readAttributes(current(), BasicFileAttributes.class).fileKey();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private Path current() {
    return folder.resolve(session + String.format("%06d", files) + DeadLetterFile.SUFFIX);
  }

  private static FileAttribute<?> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  @Override
  public synchronized void close() throws IOException {
    FileChannel open = channel;
    if (open != null) {
      channel = null;
      open.close();
    }
  }
}
