package io.sidetrace.daemon.run;

import java.util.List;
import java.util.Map;

/** A value in the configuration file. */
sealed interface ConfigNode {

  /** File and line, such as {@code sidetrace.yaml:12}. */
  String place();

  /** A single value, as it was written. */
  record Text(String text, String place) implements ConfigNode {}

  /** A list. */
  record Items(List<ConfigNode> items, String place) implements ConfigNode {}

  /** Keys with their values. */
  record Section(Map<String, ConfigNode> entries, String place) implements ConfigNode {}
}
