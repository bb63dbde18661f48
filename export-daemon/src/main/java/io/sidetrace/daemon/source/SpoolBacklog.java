package io.sidetrace.daemon.source;

import io.sidetrace.event.Spool;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds up the segments under a spool root. Looks at the disk alone, so any thread may. */
final class SpoolBacklog extends SimpleFileVisitor<Path> {
  private static final int MAGIC_BYTES = 4;
  private static final int FOLDER_AND_FILE = 2;

  private long segments;
  private long bytes;
  private long oldest;

  private SpoolBacklog() {}

  /**
   * @throws IOException if the root cannot be listed
   */
  static Backlog of(Path root) throws IOException {
    SpoolBacklog sum = new SpoolBacklog();
    Files.walkFileTree(root, Set.<FileVisitOption>of(), FOLDER_AND_FILE, sum);
    return new Backlog("segments", sum.segments, 0, sum.bytes, sum.oldest, false, List.of());
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes found) {
    String name = file.getFileName().toString();
    boolean segment = name.endsWith(Spool.CLOSED) || name.endsWith(Spool.OPEN);
    if (segment && found.isRegularFile() && found.size() > MAGIC_BYTES) {
      segments++;
      bytes += found.size();
      long written = found.lastModifiedTime().toMillis();
      oldest = oldest == 0 ? written : Math.min(oldest, written);
    }
    return FileVisitResult.CONTINUE;
  }

  /** What is deleted while we look was settled. */
  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) {
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
    return FileVisitResult.CONTINUE;
  }
}
