package io.sidetrace.agent.boot;

import io.sidetrace.agent.log.Log;
import java.util.function.Consumer;

/** Says the first of each kind of failure that was kept from the application. */
record GuardListener(Log log) implements Consumer<Throwable> {

  @Override
  public void accept(Throwable failure) {
    log.warn(
        "capture " + failure.getClass().getName(),
        "a capture failed, the application is unaffected; please report it with sidetrace.debug=true",
        failure);
  }
}
