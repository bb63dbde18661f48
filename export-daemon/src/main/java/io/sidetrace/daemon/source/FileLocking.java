package io.sidetrace.daemon.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A file lock held until closed. The system gives it up when its process dies, however it dies. */
public final class FileLocking implements Closeable {
  private final FileChannel channel;

  private FileLocking(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * @return null if another process, or another part of this one, holds it
   * @throws java.nio.file.NoSuchFileException if {@code create} is false and the file is not there
   */
  public static @Nullable FileLocking tryLock(Path file, boolean create) throws IOException {
    FileChannel channel =
        create
            ? FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.CREATE)
            : FileChannel.open(file, StandardOpenOption.WRITE);
    FileLock lock = null;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // Held within this process, which is as good as held elsewhere.
      lock = null;
    } finally {
      if (lock == null) {
        channel.close();
      }
    }
    return lock == null ? null : new FileLocking(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
