package io.sidetrace.agent.transport;

import io.sidetrace.event.Spool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * This process's directory in the spool, held by a lock until {@link #close} or the process's end.
 * See {@link Spool} for what lies in it.
 *
 * <p>Files are opened through java.io: a FileChannel would be closed by an interrupt of the thread
 * that uses it, and an application may interrupt any thread it finds.
 */
final class SpoolDirectory implements AutoCloseable {
  private final Path path;
  private final SpoolAccess access;
  private final RandomAccessFile lock;

  private SpoolDirectory(Path path, SpoolAccess access, RandomAccessFile lock) {
    this.path = path;
    this.access = access;
    this.lock = lock;
  }

  /**
   * Creates and locks the directory. It gets its name last, so that nobody ever sees it unlocked
   * while we live.
   *
   * @param name of the process, see {@link Spool}
   */
  static SpoolDirectory create(Path root, String name) throws IOException {
    SpoolAccess access = SpoolAccess.prepare(root);
    Path making = Files.createDirectory(root.resolve("." + name));
    try {
      access.applyTo(making, access.directoryMode);
      Path file = Files.createFile(making.resolve(Spool.LOCK));
      access.applyTo(file, access.lockMode);
      RandomAccessFile lock = new RandomAccessFile(file.toFile(), "rw");
      FileLock held = lock.getChannel().tryLock();
      if (held == null) {
        lock.close();
        throw new IOException("another process locked " + file);
      }
      Path path = Files.move(making, root.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      return new SpoolDirectory(path, access, lock);
    } catch (IOException e) {
      Files.deleteIfExists(making.resolve(Spool.LOCK));
      Files.deleteIfExists(making);
      throw e;
    }
  }

  Path path() {
    return path;
  }

  /** Whether it is still where others look for it. */
  boolean exists() {
    return Files.exists(path.resolve(Spool.LOCK));
  }

  /** A new, empty file that only those may read who should. */
  RandomAccessFile createFile(Path file) throws IOException {
    Files.createFile(file);
    access.applyTo(file, access.fileMode);
    return new RandomAccessFile(file.toFile(), "rw");
  }

  /** Replaces a small file as a whole: a reader sees the old text or the new. */
  void replace(String name, String text) throws IOException {
    Path draft = path.resolve("." + name);
    Files.deleteIfExists(draft);
    try (RandomAccessFile file = createFile(draft)) {
      file.write(text.getBytes(StandardCharsets.UTF_8));
    }
    Files.move(draft, path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Frees the lock: whatever lies here is the daemon's from now on. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
