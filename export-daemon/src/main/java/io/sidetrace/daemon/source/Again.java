package io.sidetrace.daemon.source;

import java.time.Duration;

/** When what was returned may be delivered again. Any thread. */
public interface Again {

  /** How long it rests before that. */
  Duration rest();

  /** False while it would only be returned again. */
  boolean may();
}
