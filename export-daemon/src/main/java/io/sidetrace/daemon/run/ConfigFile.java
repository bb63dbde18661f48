package io.sidetrace.daemon.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options that a file tells, with their places. A section is short for a common beginning:
 * {@code sample-rate: 0.1} is the same as {@code sample: {rate: 0.1}}.
 */
public final class ConfigFile {
  public static final ConfigFile NONE = new ConfigFile(Map.of());

  private final Map<String, ConfigNode> options;

  private ConfigFile(Map<String, ConfigNode> options) {
    this.options = options;
  }

  /**
   * @param environment for {@code ${NAME}} in values
   * @throws IOException if it cannot be read
   * @throws OptionException if it is no YAML, or not such as is wanted here
   */
  public static ConfigFile read(Path file, Map<String, String> environment)
      throws IOException, OptionException {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new IOException("cannot read the options in " + file + ": " + e, e);
    }
    return parse(String.valueOf(file.getFileName()), text, environment);
  }

  /**
   * @param name of the file, for messages
   * @throws OptionException if it is no YAML, or not such as is wanted here
   */
  public static ConfigFile parse(String name, String text, Map<String, String> environment)
      throws OptionException {
    Map<String, ConfigNode> options = new LinkedHashMap<>();
    flatten("", new YamlReader(name, environment).read(text), options);
    return new ConfigFile(options);
  }

  private static void flatten(String before, ConfigNode.Section section, Map<String, ConfigNode> to)
      throws OptionException {
    for (Map.Entry<String, ConfigNode> entry : section.entries().entrySet()) {
      String key = before + entry.getKey();
      ConfigNode value = entry.getValue();
      if (value instanceof ConfigNode.Section inner) {
        flatten(key + "-", inner, to);
        continue;
      }
      ConfigNode other = to.put(key, value);
      if (other != null) {
        throw new OptionException(
            value.place() + ": " + key + " is told here and at " + other.place());
      }
    }
  }

  Iterable<Map.Entry<String, ConfigNode>> entries() {
    return options.entrySet();
  }

  @Nullable ConfigNode get(String key) {
    return options.get(key);
  }
}
