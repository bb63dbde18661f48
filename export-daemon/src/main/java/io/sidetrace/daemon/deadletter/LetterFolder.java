package io.sidetrace.daemon.deadletter;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A folder of dead letters for people: to look into, and to take from. */
public final class LetterFolder {
  private final Path folder;

  public LetterFolder(Path folder) {
    this.folder = folder;
  }

  /** Takes some letters of one file away once this returns. */
  interface Taking {
    void take(Path file, List<DeadLetter> letters) throws IOException;
  }

  /** All letters, the oldest first. */
  public List<DeadLetter> letters() throws IOException {
    List<DeadLetter> letters = new ArrayList<>();
    for (Path file : DeadLetters.files(folder)) {
      try {
        DeadLetterFile.read(file, letters::add);
      } catch (NoSuchFileException e) {
        // Somebody replays or purges.
      }
    }
    return letters;
  }

  /**
   * Removes letters for good; if all, also files that a full disk or a fault left unreadable.
   *
   * @return how many letters
   */
  public int purge(LetterFilter which) throws IOException {
    return take(which, which.isAll(), (file, letters) -> {});
  }

  /** As {@link #purge}, but they go somewhere. */
  int take(Predicate<DeadLetter> which, Taking to) throws IOException {
    return take(which, false, to);
  }

  /** A daemon may add letters at any time, hence the lock. */
  private int take(Predicate<DeadLetter> which, boolean unreadable, Taking to) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    int taken = 0;
    FolderLock lock = FolderLock.take(folder);
    try {
      for (Path file : DeadLetters.files(folder)) {
        List<DeadLetter> letters = new ArrayList<>();
        DeadLetterFile.read(file, letters::add);
        List<DeadLetter> wanted = letters.stream().filter(which).toList();
        if (!wanted.isEmpty() || (unreadable && letters.isEmpty())) {
          to.take(file, wanted);
          taken += wanted.size();
          keepOnly(file, letters.stream().filter(which.negate()).toList());
        }
      }
    } finally {
      lock.close();
    }
    return taken;
  }

  private static void keepOnly(Path file, List<DeadLetter> letters) throws IOException {
    if (letters.isEmpty()) {
      Files.delete(file);
      return;
    }
    Path draft = file.resolveSibling(file.getFileName() + ".draft");
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
