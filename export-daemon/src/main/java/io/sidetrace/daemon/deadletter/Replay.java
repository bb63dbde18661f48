package io.sidetrace.daemon.deadletter;

import io.sidetrace.event.FrameReader;
import io.sidetrace.event.Slice;
import io.sidetrace.event.Spool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Puts dead letters back into a spool, as an agent process that ends right after would. */
public final class Replay {
  private static final byte[] MAGIC = ByteBuffer.allocate(4).putInt(Spool.MAGIC).array();

  private static final int SET_GID = 02000;

  private Replay() {}

  /**
   * Moves the whole frames in {@code files}; files that hold nothing else are removed.
   *
   * @return how many frames
   */
  public static int into(Path root, List<Path> files) throws IOException {
    int replayed = 0;
    for (Path file : files) {
      List<DeadLetter> letters = new ArrayList<>();
      DeadLetterFile.read(file, letters::add);
      List<Slice> frames = letters.stream().map(DeadLetter::frame).filter(Replay::isWhole).toList();
      if (!frames.isEmpty()) {
        spool(root, file, frames);
        replayed += frames.size();
      }
      keepOnly(file, letters.stream().filter(letter -> !isWhole(letter.frame())).toList());
    }
    return replayed;
  }

  private static boolean isWhole(Slice frame) {
    return new FrameReader(frame).next() instanceof FrameReader.Whole;
  }

  private static void spool(Path root, Path file, List<Slice> frames) throws IOException {
    Files.createDirectories(root);
    boolean shared = ((Integer) Files.getAttribute(root, "unix:mode") & SET_GID) != 0;
    String name = "replay-" + file.getFileName();
    Path making = root.resolve("." + name);
    removeDraft(making);
    Files.createDirectory(making);
    Files.createFile(making.resolve(Spool.LOCK));
    ByteArrayOutputStream segment = new ByteArrayOutputStream();
    segment.write(MAGIC);
    for (Slice frame : frames) {
      segment.write(frame.array(), frame.offset(), frame.length());
    }
    Files.write(making.resolve("0000000001" + Spool.CLOSED), segment.toByteArray());
    if (shared) {
      // As agents do: whoever replays, the daemon must be able to take it away.
      Files.setAttribute(making, "unix:mode", 02770);
      Files.setAttribute(making.resolve(Spool.LOCK), "unix:mode", 0660);
      Files.setAttribute(making.resolve("0000000001" + Spool.CLOSED), "unix:mode", 0640);
    }
    Files.move(making, root.resolve(name), StandardCopyOption.ATOMIC_MOVE);
  }

  /** Of a replay that was killed: nobody reads it, and it would be in the way of the next. */
  private static void removeDraft(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private static void keepOnly(Path file, List<DeadLetter> letters) throws IOException {
    if (letters.isEmpty()) {
      Files.delete(file);
      return;
    }
    Path draft = file.resolveSibling("." + file.getFileName());
    try (FileChannel to =
        FileChannel.open(
            draft,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      DeadLetterFile.write(letters, to);
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
