package io.sidetrace.event;

/** The names by which producers and daemons meet in Redis. */
public final class EventStream {
  /** The stream's key; with several streams, {@code KEY + ":" + n}. */
  public static final String KEY = "sidetrace:events";

  /** The daemons' consumer group. */
  public static final String GROUP = "sidetrace";

  /** Field of an entry that holds frames, one after the other, see {@link FrameEncoder}. */
  public static final String FRAMES = "f";

  /** Field of an entry that holds one event as JSON: the road for other producers. */
  public static final String EVENT = "e";

  /** Beside {@link #EVENT}: the request body, if any. */
  public static final String REQUEST = "q";

  /** Beside {@link #EVENT}: the response body, if any. */
  public static final String RESPONSE = "r";

  private EventStream() {}

  /**
   * The key of one of several streams.
   *
   * @param n from 0
   * @param streams how many there are; of one, the key is {@link #KEY}
   */
  public static String key(int n, int streams) {
    return streams == 1 ? KEY : KEY + ":" + n;
  }
}
