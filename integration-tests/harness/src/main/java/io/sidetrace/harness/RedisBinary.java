package io.sidetrace.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import redis.embedded.core.ExecutableProvider;

/** Which redis-server tests start. */
final class RedisBinary {
  /**
   * System property with the path of another one: {@code -Dredis.server=/usr/bin/valkey-server}.
   * Unset, it is the one that embedded-redis brings, 6.2.
   */
  static final String PROPERTY = "redis.server";

  private RedisBinary() {}

  /**
   * @param directory where it may be unpacked
   */
  static Path in(Path directory) {
    String named = System.getProperty(PROPERTY, "");
    if (!named.isEmpty()) {
      Path binary = Path.of(named).toAbsolutePath();
      if (!Files.isExecutable(binary)) {
        throw new IllegalStateException(
            "-D" + PROPERTY + " is " + binary + ", which cannot be run");
      }
      return binary;
    }
    try {
      Files.createDirectories(directory);
      return ExecutableProvider.newJarResourceProvider(directory.toFile()).get().toPath();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack redis-server", e);
    }
  }
}
