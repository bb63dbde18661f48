package io.sidetrace.standin;

import java.time.Duration;

/**
 * How the stand-in behaves.
 *
 * @param port 0 chooses a free one
 * @param delay before a plain answer and before the head of a streamed one
 * @param firstToken after the head of a streamed answer, before its first event
 * @param chunkGap between the events of a streamed answer
 * @param words length of an answer, beyond the echo of the question
 */
public record StandInOptions(
    int port, Duration delay, Duration firstToken, Duration chunkGap, int words) {

  static final String USAGE =
      "usage: java -jar standins.jar [--port=N] [--delay=MS] [--first-token=MS] [--chunk-gap=MS]"
          + " [--words=N]";

  /** A free port, no waiting, 24 words. */
  public static StandInOptions defaults() {
    return new StandInOptions(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, 24);
  }

  public StandInOptions withDelay(Duration delay) {
    return new StandInOptions(port, delay, firstToken, chunkGap, words);
  }

  public StandInOptions withStreamPace(Duration firstToken, Duration chunkGap) {
    return new StandInOptions(port, delay, firstToken, chunkGap, words);
  }

  /**
   * @throws IllegalArgumentException for an argument it does not know, with the usage as message
   */
  static StandInOptions parse(String... args) {
    StandInOptions o = defaults();
    for (String arg : args) {
      int equals = arg.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException(USAGE);
      }
      int value = number(arg.substring(equals + 1));
      Duration time = Duration.ofMillis(value);
      o =
          switch (arg.substring(0, equals)) {
            case "--port" -> new StandInOptions(value, o.delay, o.firstToken, o.chunkGap, o.words);
            case "--delay" -> o.withDelay(time);
            case "--first-token" -> o.withStreamPace(time, o.chunkGap);
            case "--chunk-gap" -> o.withStreamPace(o.firstToken, time);
            case "--words" -> new StandInOptions(o.port, o.delay, o.firstToken, o.chunkGap, value);
            default -> throw new IllegalArgumentException(USAGE);
          };
    }
    return o;
  }

  private static int number(String text) {
    try {
      return Integer.parseUnsignedInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(USAGE, e);
    }
  }
}
