package io.sidetrace.agent.config;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What to call a service whose user did not say. Never fails; at worst {@code unknown}. */
final class ServiceName {

  private ServiceName() {}

  static String guess(Map<String, String> properties, Map<String, String> environment) {
    String[] candidates = {
      properties.get("spring.application.name"),
      environment.get("SPRING_APPLICATION_NAME"),
      environment.get("OTEL_SERVICE_NAME"),
      // HotSpot: main class or jar, then the program's arguments
      fromCommand(properties.get("sun.java.command")),
    };
    for (String candidate : candidates) {
      if (candidate != null && !candidate.isBlank()) {
        return candidate.trim();
      }
    }
    return "unknown";
  }

  /** {@code /srv/shop-1.2.3.jar --port=1} and {@code shop/com.example.Shop} are both shops. */
  private static @Nullable String fromCommand(@Nullable String command) {
    if (command == null) {
      return null;
    }
    int jar = command.indexOf(".jar");
    if (jar > 0 && (jar + 4 == command.length() || command.charAt(jar + 4) == ' ')) {
      return withoutVersion(lastPart(command.substring(0, jar), '/', '\\'));
    }
    int space = command.indexOf(' ');
    return lastPart(space < 0 ? command : command.substring(0, space), '/', '.');
  }

  private static String lastPart(String path, char separator, char other) {
    return path.substring(Math.max(path.lastIndexOf(separator), path.lastIndexOf(other)) + 1);
  }

  /** Cuts from the first dash that a digit follows. */
  private static String withoutVersion(String name) {
    for (int dash = name.indexOf('-'); dash > 0; dash = name.indexOf('-', dash + 1)) {
      if (dash + 1 < name.length() && Character.isDigit(name.charAt(dash + 1))) {
        return name.substring(0, dash);
      }
    }
    return name;
  }
}
