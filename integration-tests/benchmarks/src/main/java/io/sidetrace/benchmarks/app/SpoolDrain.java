package io.sidetrace.benchmarks.app;

import io.sidetrace.event.Spool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A spool's daemon that reads as fast as one can: it deletes what was handed over. */
final class SpoolDrain {
  private SpoolDrain() {}

  /** Deletes the closed segments under a root. */
  static void drain(Path root) {
    if (!Files.isDirectory(root)) {
      return;
    }
    try (Stream<Path> files = Files.walk(root, 2)) {
      List<Path> closed = files.filter(file -> file.toString().endsWith(Spool.CLOSED)).toList();
      for (Path segment : closed) {
        Files.deleteIfExists(segment);
      }
    } catch (IOException | UncheckedIOException e) {
      throw new IllegalStateException("draining the spool under " + root + " failed", e);
    }
  }
}
