package io.sidetrace.daemon.cli;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP. The JDK has no supported class for signals; {@code sun.misc.Signal} of {@code
 * jdk.unsupported} has been the same since 1.2, but javac warns of it without a way to say that one
 * knows, hence the reflection.
 */
final class Hangup {
  private static final Logger log = LoggerFactory.getLogger(Hangup.class);

  private Hangup() {}

  /** Runs the task at each SIGHUP, on a thread of its own. */
  static void onEach(Runnable task) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object running =
          Proxy.newProxyInstance(
              Hangup.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  task.run();
                }
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), running);
    } catch (ReflectiveOperationException e) {
      log.warn("SIGHUP will not reload the rules, only a restart will: {}", e.toString());
    }
  }
}
