package io.sidetrace.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An empty system in a folder, with a package database of its own, so that packages come and go and
 * the machine stays as it is. Maintainer scripts run as they do for images that are never booted.
 */
final class TestRoot {
  private final Path folder;

  TestRoot(Path folder) throws IOException {
    this.folder = folder;
    for (String name : List.of("updates", "info", "triggers", "parts")) {
      Files.createDirectories(folder.resolve("var/lib/dpkg").resolve(name));
    }
    Files.createFile(folder.resolve("var/lib/dpkg/status"));
    Files.createFile(folder.resolve("var/lib/dpkg/available"));
    Files.createDirectories(folder.resolve("etc"));
    Files.createDirectories(folder.resolve("var/log"));
  }

  Path path(String inside) {
    return folder.resolve(inside.substring(1));
  }

  /** What it depends on is on the machine, not in here. */
  Run dpkg(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "dpkg",
                "--root=" + folder,
                "--force-script-chrootless",
                "--force-depends",
                "--force-confold"));
    command.addAll(List.of(arguments));
    return Run.of(command.toArray(String[]::new));
  }

  String state() {
    return dpkg("-s", "sidetrace").said();
  }
}
