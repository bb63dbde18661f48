package io.sidetrace.agent.transport;

import io.sidetrace.event.Spool;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds what earlier processes of our service could not bring to Redis before they ended: on hosts
 * without a daemon nobody else would. Whoever holds a directory's lock owns it, so a daemon that
 * reads this spool and we never take the same.
 */
final class Predecessors {
  private static final long EMPTY_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final File root;
  private final String own;
  private final String service;

  /**
   * @param own name of our directory, {@code <service>-<pid>-<start millis>}
   */
  Predecessors(File root, String own) {
    this.root = root;
    this.own = own;
    this.service = own.replaceFirst("[0-9]+-[0-9]+$", "");
  }

  /** The directories that were taken over by this call, each with a segment at least. */
  List<Inherited> takeOver() throws IOException {
    List<Inherited> taken = new ArrayList<>();
    File[] directories = root.listFiles(directory -> isOurs(directory.getName()));
    for (File directory : directories == null ? new File[0] : directories) {
      Inherited inherited = takeOver(directory);
      if (inherited != null) {
        taken.add(inherited);
      }
    }
    return taken;
  }

  private boolean isOurs(String name) {
    return name.startsWith(service)
        && name.substring(service.length()).matches("[0-9]+-[0-9]+")
        && !name.equals(own);
  }

  private static @Nullable Inherited takeOver(File directory) throws IOException {
    File lockFile = new File(directory, Spool.LOCK);
    if (!lockFile.canWrite()) {
      return null;
    }
    RandomAccessFile lock = new RandomAccessFile(lockFile, "rw");
    Inherited inherited = new Inherited(directory.toPath(), lock, segments(directory));
    boolean forUs = isFree(lock) && !list(directory, Spool.SETTLED).iterator().hasNext();
    if (forUs && !inherited.segments.isEmpty()) {
      return inherited;
    }
    if (forUs && System.currentTimeMillis() - directory.lastModified() > EMPTY_MILLIS) {
      inherited.delete();
    } else {
      lock.close();
    }
    return null;
  }

  private static boolean isFree(RandomAccessFile lock) throws IOException {
    try {
      FileLock held = lock.getChannel().tryLock();
      return held != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static List<Path> segments(File directory) {
    List<Path> segments = new ArrayList<>(list(directory, Spool.CLOSED));
    segments.addAll(list(directory, Spool.OPEN));
    segments.sort(null);
    return segments;
  }

  private static List<Path> list(File directory, String ending) {
    File[] files = directory.listFiles((parent, name) -> name.endsWith(ending));
    return files == null ? List.of() : Arrays.stream(files).map(File::toPath).toList();
  }

  /** A directory that is ours now, until its last segment is sent. */
  static final class Inherited implements AutoCloseable {
    private final Path directory;
    private final RandomAccessFile lock;
    private final List<Path> segments;
    private int left;

    private Inherited(Path directory, RandomAccessFile lock, List<Path> segments) {
      this.directory = directory;
      this.lock = lock;
      this.segments = segments;
      this.left = segments.size();
    }

    List<Path> segments() {
      return segments;
    }

    /** A segment is gone; with the last one, the directory goes. */
    void sent() throws IOException {
      if (--left == 0) {
        delete();
      }
    }

    private void delete() throws IOException {
      for (Path file : list(directory.toFile(), "")) {
        Files.deleteIfExists(file);
      }
      lock.close();
      Files.deleteIfExists(directory);
    }

    /** Leaves what is left to others. */
    @Override
    public void close() throws IOException {
      lock.close();
    }
  }
}
