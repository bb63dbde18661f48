package io.sidetrace.packaging;

import java.nio.file.Path;

/** What the build has made. */
final class Packages {
  static final String VERSION = System.getProperty("version");
  static final Path FOLDER = Path.of(System.getProperty("packages"));
  static final Path DEB = FOLDER.resolve("sidetrace_" + VERSION + "_all.deb");
  static final Path TAR = FOLDER.resolve("sidetrace-" + VERSION + ".tar.gz");

  private Packages() {}
}
