package io.sidetrace.agent.weave;

import java.util.List;

/**
 * Says where a library is woven and with which advice. Found by {@link java.util.ServiceLoader}, so
 * it needs a public constructor without parameters and a line in {@code
 * META-INF/services/io.sidetrace.agent.weave.Instrumentation}.
 *
 * <p>It is loaded by the agent's own loader, when the first of the classes it weaves is loaded: it
 * names the library's classes and the advice as strings and touches neither. Which classes these
 * are is read when the agent jar is built, see {@link Instrumentations}, so its rules are always
 * the same. Its package, with all packages below, is what the advice's loader defines itself;
 * everything else advice sees is {@code io.sidetrace.agent.api} and the application.
 */
public interface Instrumentation {

  /** The name users switch it off by: {@code sidetrace.instrumentation.<name>.enabled=false}. */
  String name();

  /**
   * Which methods, and what runs there. Uses nothing but the JDK's basics: it runs while another
   * class is being loaded.
   */
  List<Rule> rules();
}
