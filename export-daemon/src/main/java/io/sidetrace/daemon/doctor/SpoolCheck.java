package io.sidetrace.daemon.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** May the daemon read and delete in the spool, may others not, and is there room? */
final class SpoolCheck implements Check {
  private static final String SUBJECT = "spool";
  private static final long LITTLE_ROOM = 1L << 30;
  private static final long NO_ROOM = 64L << 20;
  private static final int OTHERS = 0007;
  private static final int GROUP_WRITES = 0020;
  private static final int SET_GID = 02000;

  private final Path root;

  SpoolCheck(Path root) {
    this.root = root;
  }

  @Override
  public void look(Consumer<Finding> to) {
    try {
      if (!Files.exists(root)) {
        missing(to);
        return;
      }
      access(to);
      room(to);
    } catch (IOException e) {
      to.accept(
          Finding.fail(SUBJECT, "cannot look at " + root + ": " + e, "check its permissions"));
    }
  }

  private void missing(Consumer<Finding> to) {
    Path parent = root.toAbsolutePath().getParent();
    while (parent != null && !Files.exists(parent)) {
      parent = parent.getParent();
    }
    to.accept(
        parent != null && Files.isWritable(parent)
            ? Finding.ok(SUBJECT, root + " is not there yet; the first to need it makes it")
            : Finding.fail(
                SUBJECT,
                root + " is not there, and cannot be made in " + parent,
                "make it, or name another by --spool"));
  }

  private void access(Consumer<Finding> to) throws IOException {
    Map<String, Object> found = Files.readAttributes(root, "unix:mode,owner,group");
    int mode = found.get("mode") instanceof Integer bits ? bits & 07777 : 0;
    String who = root + " (" + Integer.toOctalString(mode) + ", " + found.get("owner") + ":";
    String what = who + found.get("group") + ")";
    String me = System.getProperty("user.name", "this user");
    if (!Files.isDirectory(root)) {
      to.accept(Finding.fail(SUBJECT, root + " is no folder", "remove it, or name another"));
    } else if (!Files.isReadable(root) || !Files.isWritable(root) || !Files.isExecutable(root)) {
      to.accept(
          Finding.fail(
              SUBJECT,
              what + " cannot be read and written by " + me,
              "run as the spool's user, or add " + me + " to its group"));
    } else if ((mode & OTHERS) != 0) {
      to.accept(
          Finding.warn(
              SUBJECT, what + " is open to every user", "chmod 2770, or 700 for one user alone"));
    } else if ((mode & GROUP_WRITES) != 0 && (mode & SET_GID) == 0) {
      to.accept(
          Finding.fail(
              SUBJECT,
              what + " is shared by group but lacks the setgid bit, so agents do not share files",
              "chmod 2770 " + root));
    } else {
      to.accept(Finding.ok(SUBJECT, what + " can be read and written"));
    }
  }

  private void room(Consumer<Finding> to) throws IOException {
    long free = Files.getFileStore(root).getUsableSpace();
    String what = (free >> 20) + " MiB are free for " + root;
    String advice = "make room: agents drop and count events when they cannot write";
    if (free < NO_ROOM) {
      to.accept(Finding.fail(SUBJECT, what, advice));
    } else {
      to.accept(
          free < LITTLE_ROOM ? Finding.warn(SUBJECT, what, advice) : Finding.ok(SUBJECT, what));
    }
  }
}
