package io.sidetrace.daemon.deadletter;

import io.sidetrace.event.FrameReader;
import io.sidetrace.event.Slice;
import io.sidetrace.event.Spool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Puts dead letters back into a spool, as an agent process that ends right after would. */
public final class Replay {
  private static final byte[] MAGIC = ByteBuffer.allocate(4).putInt(Spool.MAGIC).array();

  private static final int SET_GID = 02000;

  private Replay() {}

  /**
   * Moves letters that are whole frames.
   *
   * @return how many
   */
  public static int into(Path root, LetterFolder folder, Predicate<DeadLetter> which)
      throws IOException {
    return folder.take(
        letter -> which.test(letter) && isWhole(letter.frame()),
        (file, letters) -> spool(root, file, letters));
  }

  private static boolean isWhole(Slice frame) {
    return new FrameReader(frame).next() instanceof FrameReader.Whole;
  }

  private static void spool(Path root, Path file, List<DeadLetter> letters) throws IOException {
    Files.createDirectories(root);
    boolean shared = ((Integer) Files.getAttribute(root, "unix:mode") & SET_GID) != 0;
    String name = "replay-" + file.getFileName();
    Path making = root.resolve("." + name);
    removeDraft(making);
    Files.createDirectory(making);
    Files.createFile(making.resolve(Spool.LOCK));
    ByteArrayOutputStream segment = new ByteArrayOutputStream();
    segment.write(MAGIC);
    for (DeadLetter letter : letters) {
      Slice frame = letter.frame();
      segment.write(frame.array(), frame.offset(), frame.length());
    }
    Files.write(making.resolve("0000000001" + Spool.CLOSED), segment.toByteArray());
    if (shared) {
      // As agents do: whoever replays, the daemon must be able to take it away.
      Files.setAttribute(making, "unix:mode", 02770);
      Files.setAttribute(making.resolve(Spool.LOCK), "unix:mode", 0660);
      Files.setAttribute(making.resolve("0000000001" + Spool.CLOSED), "unix:mode", 0640);
    }
    // Some letters of the same file may be there already, and not yet read.
    Path made = root.resolve(name + "-" + System.currentTimeMillis());
    Files.move(making, made, StandardCopyOption.ATOMIC_MOVE);
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
}
