package io.sidetrace.benchmarks;

import io.sidetrace.benchmarks.app.Samples.Frame;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells where in the agent a thread was, if it was there. */
final class OwnCode {
  private static final Pattern OURS =
      Pattern.compile("io\\.sidetrace\\.(agent|event|instrumentation)\\..*");

  private static final Pattern BRIDGE = Pattern.compile(".*\\$Bridge\\d+");
  private static final Pattern OF_JDK = Pattern.compile("(java|jdk|sun)\\..*");

  private OwnCode() {}

  /**
   * Where the application's code went into ours, such as {@code CallAdvice.enter}; null if the
   * thread is not in ours.
   *
   * <p>All that advice calls is ours, the library's methods too. A wrapper of ours, around a body
   * for instance, passes calls on that the library would have had without us: there, it is ours if
   * only the JDK's code lies deeper.
   *
   * @param stack innermost first
   */
  static @Nullable String entered(List<Frame> stack) {
    for (int i = stack.size() - 1; i > 0; i--) {
      if (BRIDGE.matcher(stack.get(i).type()).matches()) {
        return name(stack.get(i - 1));
      }
    }
    int deepest = 0;
    while (deepest < stack.size() && OF_JDK.matcher(stack.get(deepest).type()).matches()) {
      deepest++;
    }
    String entered = null;
    for (int i = deepest; i < stack.size() && isOurs(stack.get(i)); i++) {
      entered = name(stack.get(i));
    }
    return entered;
  }

  private static boolean isOurs(Frame frame) {
    return OURS.matcher(frame.type()).matches();
  }

  private static String name(Frame frame) {
    return frame.type().substring(frame.type().lastIndexOf('.') + 1) + '.' + frame.method();
  }
}
