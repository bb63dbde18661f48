package io.sidetrace.instrumentation.testing;

import io.sidetrace.agent.weave.AdviceFailures;
import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Instrumentations;
import io.sidetrace.agent.weave.Weaver;
import io.sidetrace.agent.weave.WeaverLog;
import io.sidetrace.agent.weave.WeaverOptions;
import java.io.File;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.jspecify.annotations.Nullable;

/**
 * The real weaver in the JVM of the test, with every instrumentation on its class path. There is no
 * hidden loader here: agent and application share the test's, so a breakpoint works everywhere.
 */
final class InProcessAgent {

  private static volatile boolean leftOut;

  private final List<String> warnings = new CopyOnWriteArrayList<>();
  private final @Nullable Weaver weaver;

  private static final class Installed {
    static final InProcessAgent INSTANCE = new InProcessAgent();
  }

  private InProcessAgent() {
    weaver = leftOut ? null : install();
  }

  private Weaver install() {
    String dump = System.getProperty("sidetrace.debug.dump");
    var options = new WeaverOptions(disabled(), null, dump == null ? null : new File(dump));
    try {
      return Weaver.install(
          ByteBuddyAgent.install(),
          Instrumentations.of(ServiceLoader.load(Instrumentation.class)),
          options,
          log());
    } catch (Exception e) {
      throw new IllegalStateException("the weaver does not install", e);
    }
  }

  /** Installed at the first call, once in a JVM. */
  static InProcessAgent get() {
    return Installed.INSTANCE;
  }

  /**
   * Before the first {@link #get}: weaves nothing in this JVM, which uses classes of tests and is
   * none.
   */
  static void leaveOut() {
    leftOut = true;
  }

  /**
   * What was logged, and a line for each instrumentation whose advice failed; the first are enough.
   */
  List<String> complaints() {
    return List.copyOf(warnings);
  }

  int adviceFailures() {
    return weaver == null ? 0 : weaver.failures().stream().mapToInt(AdviceFailures::count).sum();
  }

  private static Set<String> disabled() {
    Set<String> disabled = new HashSet<>();
    for (Instrumentation each : ServiceLoader.load(Instrumentation.class)) {
      if ("false"
          .equals(System.getProperty("sidetrace.instrumentation." + each.name() + ".enabled"))) {
        disabled.add(each.name());
      }
    }
    return disabled;
  }

  private WeaverLog log() {
    return new WeaverLog() {
      @Override
      public boolean debugging() {
        return Boolean.getBoolean("sidetrace.debug");
      }

      @Override
      public void debug(String message) {
        if (debugging()) {
          System.err.println("sidetrace: " + message);
        }
      }

      @Override
      public void warn(String message, Throwable cause) {
        System.err.println("sidetrace: " + message);
        cause.printStackTrace();
        warnings.add(message + ": " + cause);
      }
    };
  }
}
