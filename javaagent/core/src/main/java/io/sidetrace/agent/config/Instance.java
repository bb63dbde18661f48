package io.sidetrace.agent.config;

import io.sidetrace.event.Event.Origin;
import java.io.File;
import java.io.IOException;

/** Names this process among all that ever ran. */
public final class Instance {
  private static final int MAX_NAME = 100;

  private Instance() {}

  /**
   * What every event of this process carries. Call it once: the instance is {@code <service>-<pid>-
   * <start millis>}, fit for a directory's name.
   */
  public static Origin origin(AgentConfig config) {
    String instance = fileName(config.service()) + "-" + pid() + "-" + System.currentTimeMillis();
    return new Origin(config.service(), instance, config.environment(), config.release());
  }

  /**
   * Linux has the number in a link. {@link ProcessHandle} would load a thread pool, which is to be
   * woven when the application loads it, and make method handles, all before {@code main}.
   */
  private static String pid() {
    try {
      String name = new File("/proc/self").getCanonicalFile().getName();
      if (!name.isEmpty() && Character.isDigit(name.charAt(0))) {
        return name;
      }
    } catch (IOException e) {
      // not Linux, or /proc is hidden: the long way
    }
    return Long.toString(ProcessHandle.current().pid());
  }

  private static String fileName(String service) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < Math.min(service.length(), MAX_NAME); i++) {
      char c = service.charAt(i);
      boolean plain = c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '-');
      // A dot may not come first: such names are directories in the making, see Spool.
      name.append(plain || (c == '.' && i > 0) ? c : '_');
    }
    return name.toString();
  }
}
