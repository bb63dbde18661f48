package io.sidetrace.agent.transport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/**
 * Who may read what we write: only our user, or, under a root with the setgid bit, its group too;
 * never others. Modes are set after creation, so the process's umask has no say.
 */
enum SpoolAccess {
  OWN(0700, 0600, 0600),
  /** The daemon is another user of the root's group: it deletes segments and takes the lock. */
  GROUP(02770, 0640, 0660);

  private static final int SET_GID = 02000;
  private static final int GROUP_WRITE = 0020;
  private static final int SUPERUSER = 0;

  final int directoryMode;
  final int fileMode;
  final int lockMode;

  SpoolAccess(int directoryMode, int fileMode, int lockMode) {
    this.directoryMode = directoryMode;
    this.fileMode = fileMode;
    this.lockMode = lockMode;
  }

  /**
   * Creates the root if it is missing, and tells how to write below it.
   *
   * @throws IOException if it can't be created, or belongs to a user who has no business with us: a
   *     name below /tmp can be taken by anyone
   */
  static SpoolAccess prepare(Path root) throws IOException {
    if (!posix(root)) {
      Files.createDirectories(root);
      return OWN;
    }
    Files.createDirectories(
        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Map<String, Object> attributes = Files.readAttributes(root, "unix:mode,uid");
    int mode = (Integer) attributes.getOrDefault("mode", 0);
    if ((mode & SET_GID) != 0 && (mode & GROUP_WRITE) != 0) {
      return GROUP;
    }
    int owner = (Integer) attributes.getOrDefault("uid", SUPERUSER);
    if (owner != SUPERUSER && owner != ownUser(owner)) {
      throw new IOException(
          "it belongs to user "
              + Files.getOwner(root)
              + "; set spool to a directory of your own, or share it by group with chmod 2770");
    }
    return OWN;
  }

  void applyTo(Path path, int mode) throws IOException {
    if (posix(path)) {
      Files.setAttribute(path, "unix:mode", mode, LinkOption.NOFOLLOW_LINKS);
    }
  }

  private static boolean posix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix");
  }

  /** Where there is no /proc we can't tell, and take {@code otherwise}. */
  private static int ownUser(int otherwise) throws IOException {
    Path self = Path.of("/proc/self");
    return Files.exists(self) ? (Integer) Files.getAttribute(self, "unix:uid") : otherwise;
  }
}
