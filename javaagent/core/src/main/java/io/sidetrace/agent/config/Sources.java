package io.sidetrace.agent.config;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where settings come from, first wins: the agent's argument, system properties, the environment,
 * Langfuse's own variables, a file. Runs before {@code main}: java.io only, and no lambdas, whose
 * first use costs more than all of this.
 */
final class Sources {
  private static final String PROPERTY = "sidetrace.";
  private static final String INSTRUMENTATION_HEAD = "SIDETRACE_INSTRUMENTATION_";
  private static final String INSTRUMENTATION_TAIL = "_ENABLED";

  /** A value and where it stands, for messages. */
  record Setting(String value, String where) {}

  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final Collection<String> warnings;

  /**
   * @param warnings takes one line for each key that nothing here knows
   * @throws ConfigException if a file is named and can't be read
   */
  Sources(
      String argument,
      Map<String, String> properties,
      Map<String, String> environment,
      Collection<String> warnings)
      throws ConfigException {
    this.warnings = warnings;
    argument(argument);
    for (Map.Entry<String, String> property : properties.entrySet()) {
      String name = property.getKey();
      if (name.startsWith(PROPERTY)) {
        put(name.substring(PROPERTY.length()), property.getValue(), "-D" + name);
      }
    }
    environment(environment);
    file();
  }

  @Nullable Setting get(String key) {
    return settings.get(key);
  }

  Map<String, Setting> all() {
    return settings;
  }

  /**
   * {@code key=value,key=value}; what has no key of its own belongs to the value before it, so that
   * lists need no quotes. A single word is the file.
   */
  private void argument(String argument) {
    String key = Option.CONFIG.key;
    StringBuilder value = new StringBuilder();
    for (String part : argument.split(",", -1)) {
      int equals = part.indexOf('=');
      if (equals > 0 && isKey(part, equals)) {
        putArgument(key, value);
        key = part.substring(0, equals).trim();
        value = new StringBuilder(part.substring(equals + 1));
      } else {
        value.append(value.length() == 0 ? "" : ",").append(part);
      }
    }
    putArgument(key, value);
  }

  private void putArgument(String key, StringBuilder value) {
    if (!key.equals(Option.CONFIG.key) || value.length() > 0) {
      put(key, value.toString(), key + " in the agent's argument");
    }
  }

  private static boolean isKey(String part, int end) {
    for (int i = 0; i < end; i++) {
      char c = part.charAt(i);
      if (!Character.isLetterOrDigit(c) && c != '.' && c != '-' && c != '_' && c != ' ') {
        return false;
      }
    }
    return true;
  }

  private void environment(Map<String, String> environment) {
    Map<String, String> keys = new LinkedHashMap<>();
    for (Option option : Option.values()) {
      keys.put(Option.environmentName(option.key), option.key);
    }
    for (Map.Entry<String, String> variable : environment.entrySet()) {
      String name = variable.getKey();
      String known = keys.get(name);
      String key = known == null ? instrumentation(name) : known;
      if (key != null) {
        put(key, variable.getValue(), name);
      } else if (name.startsWith("SIDETRACE_")) {
        misspelt(name, keys);
      }
    }
    alias(environment, "LANGFUSE_TRACING_ENABLED", Option.ENABLED);
    alias(environment, "LANGFUSE_TRACING_ENVIRONMENT", Option.ENVIRONMENT);
    alias(environment, "LANGFUSE_RELEASE", Option.RELEASE);
  }

  /**
   * {@code SIDETRACE_INSTRUMENTATION_SPRING_MVC_ENABLED}; names of instrumentations have dashes.
   */
  private static @Nullable String instrumentation(String name) {
    int from = INSTRUMENTATION_HEAD.length();
    int to = name.length() - INSTRUMENTATION_TAIL.length();
    boolean ours = name.startsWith(INSTRUMENTATION_HEAD) && name.endsWith(INSTRUMENTATION_TAIL);
    return ours && from < to
        ? "instrumentation."
            + name.substring(from, to).toLowerCase(Locale.ROOT).replace('_', '-')
            + ".enabled"
        : null;
  }

  /** Only what looks like ours: the daemon's variables may stand in the same environment. */
  private void misspelt(String name, Map<String, String> keys) {
    for (String known : keys.keySet()) {
      if (Option.distance(name, known) <= 2) {
        warnings.add("nothing is called " + name + "; did you mean " + known + "?");
        return;
      }
    }
  }

  private void alias(Map<String, String> environment, String name, Option option) {
    String value = environment.get(name);
    if (value != null) {
      put(option.key, value, name);
    }
  }

  private void file() throws ConfigException {
    Setting file = settings.get(Option.CONFIG.key);
    if (file == null || file.value().isBlank()) {
      return;
    }
    Properties properties = new Properties();
    try (Reader reader =
        new InputStreamReader(new FileInputStream(file.value()), StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException(
          "can't read the configuration named by " + file.where() + ": " + e.getMessage());
    }
    for (String name : properties.stringPropertyNames()) {
      String key = name.startsWith(PROPERTY) ? name.substring(PROPERTY.length()) : name;
      put(key, properties.getProperty(name), name + " in " + file.value());
    }
  }

  private void put(String key, String value, String where) {
    if (!Option.known(key)) {
      warnings.add(
          "nothing is called "
              + key
              + " ("
              + where
              + "); did you mean "
              + Option.nearest(key)
              + "?");
    } else if (!value.isBlank()) {
      settings.putIfAbsent(key, new Setting(value.trim(), where));
    }
  }
}
