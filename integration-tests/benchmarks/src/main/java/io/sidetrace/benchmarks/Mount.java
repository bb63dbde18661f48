package io.sidetrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small file systems in memory, to fill. */
final class Mount {
  private Mount() {}

  /**
   * Mounts an empty one.
   *
   * @return false if this user may not
   */
  static boolean tmpfs(Path directory, int mebibytes) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    String size = "size=" + mebibytes + "m,mode=700";
    return run("mount", "-t", "tmpfs", "-o", size, "tmpfs", directory.toString());
  }

  static void remove(Path directory) throws IOException, InterruptedException {
    if (!run("umount", directory.toString())) {
      throw new IOException("cannot unmount " + directory);
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor() == 0;
  }
}
