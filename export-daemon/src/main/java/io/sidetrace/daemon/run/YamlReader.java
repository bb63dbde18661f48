package io.sidetrace.daemon.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML 1.2 as text, lists and sections that know their lines; no types, no objects. */
final class YamlReader {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)}");

  private final String name;
  private final Map<String, String> environment;

  YamlReader(String name, Map<String, String> environment) {
    this.name = name;
    this.environment = environment;
  }

  /**
   * @throws OptionException if it is no YAML, or no section at its top
   */
  ConfigNode.Section read(String text) throws OptionException {
    try {
      LoadSettings settings = LoadSettings.builder().setLabel(name).build();
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isEmpty()) {
        return new ConfigNode.Section(Map.of(), name);
      }
      if (!(root.get() instanceof MappingNode mapping)) {
        throw new OptionException(place(root.get()) + ": keys are expected, as in 'parallel: 4'");
      }
      return section(mapping);
    } catch (MarkedYamlEngineException e) {
      Optional<Mark> mark = e.getProblemMark();
      String line = mark.map(m -> ":" + (m.getLine() + 1)).orElse("");
      throw new OptionException(name + line + ": is no YAML: " + e.getProblem(), e);
    } catch (YamlEngineException e) {
      throw new OptionException(name + ": is no YAML: " + e.getMessage(), e);
    }
  }

  private ConfigNode.Section section(MappingNode mapping) throws OptionException {
    Map<String, ConfigNode> entries = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      if (!(entry.getKeyNode() instanceof ScalarNode key)) {
        throw new OptionException(place(entry.getKeyNode()) + ": a key is a word");
      }
      ConfigNode value = node(entry.getValueNode(), place(key));
      if (value != null && entries.put(key.getValue(), value) != null) {
        throw new OptionException(place(key) + ": " + key.getValue() + " is told twice");
      }
    }
    return new ConfigNode.Section(entries, place(mapping));
  }

  /** Null for a key without a value: that is to leave it as it is by default. */
  private @Nullable ConfigNode node(Node node, String place) throws OptionException {
    if (node instanceof MappingNode mapping) {
      return section(mapping);
    }
    if (node instanceof SequenceNode sequence) {
      List<ConfigNode> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        ConfigNode read = node(item, place(item));
        if (read != null) {
          items.add(read);
        }
      }
      return new ConfigNode.Items(items, place);
    }
    ScalarNode scalar = (ScalarNode) node;
    boolean nothing = scalar.isPlain() && scalar.getTag().equals(Tag.NULL);
    return nothing ? null : new ConfigNode.Text(substituted(scalar.getValue(), place), place);
  }

  private String substituted(String text, String place) throws OptionException {
    Matcher variables = VARIABLE.matcher(text);
    StringBuilder out = new StringBuilder();
    while (variables.find()) {
      String value = environment.get(variables.group(1));
      if (value == null) {
        throw new OptionException(
            place
                + ": the environment has no "
                + variables.group(1)
                + "; set it, or write a value");
      }
      variables.appendReplacement(out, Matcher.quoteReplacement(value));
    }
    return variables.appendTail(out).toString();
  }

  private String place(Node node) {
    return name + node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
  }
}
