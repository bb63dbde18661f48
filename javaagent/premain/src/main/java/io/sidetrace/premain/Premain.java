package io.sidetrace.premain;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Where the JVM enters the agent. Whatever happens here, the application starts: a reason not to
 * run is one line on stderr.
 */
public final class Premain {

  /** Holds the path of the jar that is attached, so that a second one steps aside. */
  private static final String ATTACHED = "io.sidetrace.attached";

  private static final int FIRST_JAVA = 17;

  private Premain() {}

  /** {@code -javaagent:sidetrace-agent.jar[=arguments]}. */
  public static void premain(@Nullable String arguments, Instrumentation jvm) {
    start(arguments, jvm);
  }

  /** Attached to a running JVM. */
  public static void agentmain(@Nullable String arguments, Instrumentation jvm) {
    start(arguments, jvm);
  }

  private static void start(@Nullable String arguments, Instrumentation jvm) {
    try {
      String refusal = refusal(System.getProperty("java.specification.version"));
      if (refusal == null) {
        refusal = attach(arguments, jvm);
      }
      if (refusal != null) {
        System.err.println("sidetrace: " + refusal);
      }
    } catch (Throwable e) {
      System.clearProperty(ATTACHED);
      System.err.println("sidetrace: not started, the application runs untraced: " + e);
    }
  }

  /**
   * Why the agent does not run on this Java.
   *
   * @param specification as {@code java.specification.version} has it: {@code 1.8}, {@code 11}
   * @return null if it runs
   */
  static @Nullable String refusal(String specification) {
    String number = specification.startsWith("1.") ? specification.substring(2) : specification;
    if (Integer.parseInt(number) >= FIRST_JAVA) {
      return null;
    }
    return "needs Java "
        + FIRST_JAVA
        + " or later and this is "
        + specification
        + "; the application runs untraced";
  }

  private static @Nullable String attach(@Nullable String arguments, Instrumentation jvm)
      throws Throwable {
    File jar = new File(Premain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    String attached = System.getProperty(ATTACHED);
    if (attached != null) {
      return "is attached already, from " + attached + "; one -javaagent is enough";
    }
    System.setProperty(ATTACHED, jar.getPath());
    // A method handle called exactly needs no classes made for it, if its class is initialized;
    // since Java 18 reflection does.
    String refusal =
        (String)
            MethodHandles.publicLookup()
                .findStatic(
                    Class.forName("io.sidetrace.agent.boot.Boot", true, new AgentLoader(jar)),
                    "start",
                    MethodType.methodType(String.class, String.class, Instrumentation.class))
                .invokeExact(arguments, jvm);
    if (refusal != null) {
      System.clearProperty(ATTACHED);
    }
    return refusal;
  }
}
