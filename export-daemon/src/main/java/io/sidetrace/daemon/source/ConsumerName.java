package io.sidetrace.daemon.source;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * This daemon's name in the consumer group: the host and the lowest number no other daemon on it
 * holds. A daemon that was killed gets its name back when it is started again, and with it, at
 * once, the entries it left behind.
 */
public final class ConsumerName implements Closeable {
  private static final int MOST = 1000;

  private final String name;
  private final FileLocking lock;

  private ConsumerName(String name, FileLocking lock) {
    this.name = name;
    this.lock = lock;
  }

  /**
   * @param folder for the lock, which lasts until {@link #close}
   */
  public static ConsumerName take(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < MOST; i++) {
      FileLocking lock = FileLocking.tryLock(folder.resolve("consumer-" + i + ".lock"), true);
      if (lock != null) {
        return new ConsumerName(host() + "-" + i, lock);
      }
    }
    throw new IOException(MOST + " daemons hold names in " + folder + "; set --redis-consumer");
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "daemon"; // a name that does not resolve is still a host
    }
  }

  public String name() {
    return name;
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
