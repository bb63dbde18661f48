package io.sidetrace.daemon.run;

import io.sidetrace.daemon.shape.ContentRule;
import io.sidetrace.daemon.shape.Criteria;
import io.sidetrace.daemon.shape.MaskRule;
import io.sidetrace.daemon.shape.StatusRange;
import io.sidetrace.daemon.shape.mask.JsonPath;
import io.sidetrace.daemon.shape.mask.OwnPattern;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads lists of rules, which only the file can hold. */
final class ListItems {
  private static final List<String> CRITERIA =
      List.of("route", "service", "environment", "tag", "status", "shorter-than", "longer-than");

  private ListItems() {}

  static List<Object> read(ConfigNode node, Class<?> item) throws OptionException {
    List<ConfigNode> nodes = node instanceof ConfigNode.Items items ? items.items() : List.of(node);
    List<Object> values = new ArrayList<>();
    for (ConfigNode each : nodes) {
      values.add(item(each, item));
    }
    return List.copyOf(values);
  }

  private static Object item(ConfigNode node, Class<?> type) throws OptionException {
    if (type == OwnPattern.class) {
      return pattern(new SectionReader(node, List.of("match", "with"), "match"));
    } else if (type == JsonPath.class) {
      SectionReader path = new SectionReader(node, List.of("path"), "path");
      return path.convert("path", path.required("path"), JsonPath::new);
    } else if (type == ContentRule.class) {
      return content(node);
    } else if (type == Project.class) {
      return project(node);
    } else if (type == Criteria.class) {
      return some(criteria(new SectionReader(node, CRITERIA, null)), node);
    }
    throw new IllegalStateException("no option is a list of " + type);
  }

  private static OwnPattern pattern(SectionReader from) throws OptionException {
    String with = from.text("with");
    String mask = with == null ? MaskRule.MASK : with;
    return from.convert("match", from.required("match"), regex -> OwnPattern.of(regex, mask));
  }

  private static ContentRule content(ConfigNode node) throws OptionException {
    SectionReader from = new SectionReader(node, with(CRITERIA, "do"), null);
    ContentRule.Action action =
        from.convert(
            "do",
            from.required("do"),
            text ->
                switch (text.toLowerCase(Locale.ROOT)) {
                  case "mask" -> ContentRule.Action.MASK;
                  case "drop" -> ContentRule.Action.DROP;
                  default -> throw new IllegalArgumentException("mask and drop are known");
                });
    return new ContentRule(criteria(from), action);
  }

  private static Project project(ConfigNode node) throws OptionException {
    SectionReader from =
        new SectionReader(
            node,
            List.of("name", "service", "environment", "tag", "url", "public-key", "secret-key"),
            null);
    String url = from.text("url");
    return new Project(
        from.required("name"),
        criteria(from),
        url == null
            ? null
            : from.convert("url", url, told -> (URI) OptionValues.parse(told, URI.class)),
        from.required("public-key"),
        from.required("secret-key"));
  }

  private static Criteria criteria(SectionReader from) throws OptionException {
    return new Criteria(
        from.globs("route"),
        from.globs("service"),
        from.globs("environment"),
        from.globs("tag"),
        from.texts("status", StatusRange::of),
        from.duration("shorter-than"),
        from.duration("longer-than"));
  }

  /** A rule without criteria would apply to everything, which is hardly meant. */
  private static Criteria some(Criteria criteria, ConfigNode node) throws OptionException {
    if (criteria.isEmpty()) {
      throw new OptionException(node.place() + ": at least one is needed of " + CRITERIA);
    }
    return criteria;
  }

  private static List<String> with(List<String> keys, String... more) {
    return Stream.concat(keys.stream(), Stream.of(more)).toList();
  }
}
