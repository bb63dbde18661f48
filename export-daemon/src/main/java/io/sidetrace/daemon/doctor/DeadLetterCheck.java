package io.sidetrace.daemon.doctor;

import io.sidetrace.daemon.deadletter.DeadLetters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Can dead letters be kept, and are there any? */
final class DeadLetterCheck implements Check {
  private static final String SUBJECT = "dead letters";

  private final Path folder;
  private final long maxBytes;

  DeadLetterCheck(Path folder, long maxBytes) {
    this.folder = folder;
    this.maxBytes = maxBytes;
  }

  @Override
  public void look(Consumer<Finding> to) {
    try {
      if (Files.exists(folder) && !(Files.isWritable(folder) && Files.isReadable(folder))) {
        to.accept(
            Finding.fail(
                SUBJECT,
                folder + " cannot be read and written by " + System.getProperty("user.name"),
                "run as the daemon's user, or mend the folder's owner"));
        return;
      }
      long bytes = DeadLetters.bytes(folder);
      if (bytes >= maxBytes) {
        to.accept(
            Finding.fail(
                SUBJECT,
                bytes + " bytes in " + folder + ", which is all it may take",
                "sidetrace deadletter list; then replay, purge, or raise dead-letters-max-bytes"));
      } else if (bytes > 0) {
        to.accept(
            Finding.warn(
                SUBJECT,
                bytes + " bytes in " + folder + " of " + maxBytes + " at most",
                "sidetrace deadletter list says why; replay sends them again"));
      } else {
        to.accept(Finding.ok(SUBJECT, "none in " + folder));
      }
    } catch (IOException e) {
      to.accept(Finding.fail(SUBJECT, "cannot look into " + folder + ": " + e, "check its owner"));
    }
  }
}
