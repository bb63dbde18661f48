package io.sidetrace.daemon.run;

import io.sidetrace.event.Glob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads an item of a list in the file: its keys are known from the start. */
final class SectionReader {
  private final ConfigNode.Section section;

  /**
   * @param scalar the key that a bare value stands for; null if there is none
   * @throws OptionException if the item is no section, or has a key that is not {@code known}
   */
  SectionReader(ConfigNode node, List<String> known, @Nullable String scalar)
      throws OptionException {
    if (node instanceof ConfigNode.Section given) {
      section = given;
    } else if (scalar != null && node instanceof ConfigNode.Text) {
      section = new ConfigNode.Section(Map.of(scalar, node), node.place());
    } else {
      throw new OptionException(node.place() + ": keys are expected, of " + known);
    }
    for (var entry : section.entries().entrySet()) {
      if (!known.contains(entry.getKey())) {
        throw new OptionException(
            entry.getValue().place()
                + ": unknown key "
                + entry.getKey()
                + "; nearest is "
                + Words.nearest(entry.getKey(), known));
      }
    }
  }

  String place() {
    return section.place();
  }

  boolean has(String key) {
    return section.entries().containsKey(key);
  }

  ConfigNode.@Nullable Section section(String key) throws OptionException {
    ConfigNode node = section.entries().get(key);
    if (node == null || node instanceof ConfigNode.Section) {
      return (ConfigNode.Section) node;
    }
    throw new OptionException(node.place() + ": " + key + " has keys of its own");
  }

  /**
   * @throws OptionException if it is missing
   */
  String required(String key) throws OptionException {
    String text = text(key);
    if (text == null) {
      throw new OptionException(section.place() + ": " + key + " is missing");
    }
    return text;
  }

  @Nullable String text(String key) throws OptionException {
    ConfigNode node = section.entries().get(key);
    if (node == null || node instanceof ConfigNode.Text) {
      return node == null ? null : ((ConfigNode.Text) node).text();
    }
    throw new OptionException(node.place() + ": " + key + " is a single value");
  }

  @Nullable Duration duration(String key) throws OptionException {
    String text = text(key);
    return text == null
        ? null
        : convert(key, text, told -> (Duration) OptionValues.parse(told, Duration.class));
  }

  List<Glob> globs(String key) throws OptionException {
    return texts(key, Glob::new);
  }

  /** The values of a list; a single one may stand without brackets. */
  <T> List<T> texts(String key, Function<String, T> of) throws OptionException {
    ConfigNode node = section.entries().get(key);
    List<T> values = new ArrayList<>();
    if (node != null) {
      for (String text : texts(node)) {
        values.add(convert(key, text, of));
      }
    }
    return List.copyOf(values);
  }

  static List<String> texts(ConfigNode node) throws OptionException {
    if (node instanceof ConfigNode.Text text) {
      return List.of(text.text());
    }
    List<String> texts = new ArrayList<>();
    if (node instanceof ConfigNode.Items items) {
      for (ConfigNode item : items.items()) {
        if (!(item instanceof ConfigNode.Text text)) {
          throw new OptionException(item.place() + ": a single value is expected");
        }
        texts.add(text.text());
      }
      return texts;
    }
    throw new OptionException(node.place() + ": a list is expected");
  }

  <T> T convert(String key, String text, Function<String, T> of) throws OptionException {
    try {
      return of.apply(text);
    } catch (IllegalArgumentException e) {
      ConfigNode node = section.entries().getOrDefault(key, section);
      String why = e.getMessage() == null ? "makes no sense" : e.getMessage();
      throw new OptionException(node.place() + ": " + key + " is '" + text + "': " + why, e);
    }
  }
}
