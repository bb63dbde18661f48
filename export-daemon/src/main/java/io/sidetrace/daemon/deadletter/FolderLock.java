package io.sidetrace.daemon.deadletter;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Held by whoever adds to a folder of dead letters or takes from it, so that nobody removes a
 * letter that he has not read. In a file of its own, which is never removed.
 */
final class FolderLock implements Closeable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final int PAUSE_MILLIS = 5;

  /** Among threads; the system's lock is among processes. */
  private static final ReentrantLock HERE = new ReentrantLock();

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @throws IOException if somebody else holds it for two seconds: he was stopped, perhaps
   */
  static FolderLock take(Path folder) throws IOException {
    HERE.lock();
    FolderLock taken = null;
    try {
      taken = new FolderLock(locked(folder.resolve("letters.lock")));
      return taken;
    } finally {
      if (taken == null) {
        HERE.unlock();
      }
    }
  }

  private static FileChannel locked(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      lock = channel.tryLock();
      while (lock == null && System.nanoTime() - deadline < 0) {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        lock = channel.tryLock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    if (lock == null) {
      throw new IOException("another process is at the dead letters in " + file.getParent());
    }
    return channel;
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HERE.unlock();
    }
  }
}
