package io.sidetrace.daemon.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A place that events come from. One thread calls it; only receipts are used from others. */
public interface Source extends AutoCloseable {

  /** For logs and metrics, such as {@code spool}. */
  String name();

  /**
   * Hands on some of what is at hand, without waiting for more.
   *
   * @return false if nothing was at hand
   */
  boolean read(Intake to);

  /** Removes what was settled since the last call, for good: it will not be delivered again. */
  void acknowledge();

  /** What keeps it from being read, for people; null if nothing does. Any thread. */
  @Nullable String trouble();

  /**
   * What lies in it, read or not. Any thread but the source's own, one at a time; takes up to two
   * seconds.
   *
   * @throws IOException if it can't be told now
   */
  Backlog backlog() throws IOException;

  /** Gives up locks and connections. What is not settled stays where it is. */
  @Override
  void close();
}
