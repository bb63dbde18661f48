package io.sidetrace.daemon.source;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * This daemon's name in the consumer group: the host and a random mark that was drawn once and lies
 * beside a lock. A daemon that was killed gets its name back when it is started again with the same
 * folder, and with it, at once, the entries it left behind. No two daemons have the same: not with
 * one folder, for the lock, and not with two, for the mark.
 */
public final class ConsumerName implements Closeable {
  private static final int MOST = 1000;
  private static final Pattern MARK = Pattern.compile("[0-9a-f]{8}");

  private final String name;
  private final FileLocking lock;

  private ConsumerName(String name, FileLocking lock) {
    this.name = name;
    this.lock = lock;
  }

  /**
   * @param folder for locks and marks; what is taken is held until {@link #close}
   */
  public static ConsumerName take(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < MOST; i++) {
      FileLocking lock = FileLocking.tryLock(folder.resolve("consumer-" + i + ".lock"), true);
      if (lock != null) {
        return new ConsumerName(host() + "-" + mark(folder.resolve("consumer-" + i)), lock);
      }
    }
    throw new IOException(MOST + " daemons hold names in " + folder + "; set --redis-consumer");
  }

  /** In a file of its own: who closes a locked file gives up the lock. */
  private static String mark(Path file) throws IOException {
    String mark = Files.exists(file) ? Files.readString(file).strip() : "";
    if (!MARK.matcher(mark).matches()) { // also if we died while writing it
      mark = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
      Files.writeString(file, mark + "\n");
    }
    return mark;
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
