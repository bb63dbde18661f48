package io.sidetrace.daemon.run;

import io.sidetrace.event.Spool;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes {@link DaemonOptions} of flags, environment and a file, in this order of weight. */
public final class OptionsReader {
  private static final Pattern HUMP = Pattern.compile("([a-z])([A-Z])");

  private final Map<String, String> flags;
  private final Map<String, String> environment;
  private final ConfigFile file;

  /**
   * @param flags by key
   * @param environment as {@link System#getenv()}
   */
  public OptionsReader(
      Map<String, String> flags, Map<String, String> environment, ConfigFile file) {
    this.flags = flags;
    this.environment = environment;
    this.file = file;
  }

  /** The components with their settings, in the records' order. */
  public static List<RecordComponent> components() {
    return components(DaemonOptions.class);
  }

  private static List<RecordComponent> components(Class<?> of) {
    List<RecordComponent> components = new ArrayList<>();
    for (RecordComponent component : of.getRecordComponents()) {
      if (component.getType().isRecord()) {
        components.addAll(components(component.getType()));
      } else {
        components.add(component);
      }
    }
    return components;
  }

  public static String key(RecordComponent component) {
    return HUMP.matcher(component.getName()).replaceAll("$1-$2").toLowerCase(Locale.ROOT);
  }

  /** Our own environment variable for the component. */
  public static String variable(RecordComponent component) {
    return "SIDETRACE_" + key(component).toUpperCase(Locale.ROOT).replace('-', '_');
  }

  public static Setting setting(RecordComponent component) {
    Setting setting = component.getAnnotation(Setting.class);
    if (setting == null) {
      throw new IllegalStateException(component + " has no @Setting");
    }
    return setting;
  }

  /**
   * @throws OptionException if a key is unknown or a value makes no sense
   */
  public DaemonOptions read() throws OptionException {
    List<String> keys = components().stream().map(OptionsReader::key).toList();
    for (Map.Entry<String, ConfigNode> told : file.entries()) {
      if (!keys.contains(told.getKey())) {
        throw new OptionException(
            told.getValue().place()
                + ": unknown key "
                + told.getKey()
                + "; nearest is "
                + nearest(told.getKey(), keys));
      }
    }
    return (DaemonOptions) build(DaemonOptions.class);
  }

  /** What is said of one option, whatever is said of the others. */
  public String told(String key) {
    return components().stream()
        .filter(component -> key(component).equals(key))
        .map(this::text)
        .findFirst()
        .orElseThrow();
  }

  private String text(RecordComponent component) {
    String told = flagOrVariable(component);
    if (told == null && file.get(key(component)) instanceof ConfigNode.Text text) {
      return text.text().trim();
    }
    return told == null ? fallback(key(component), setting(component)) : told;
  }

  /** Variables of ours that nobody reads but that look like one that is read: a slip, mostly. */
  public List<String> suspicious() {
    List<String> known = components().stream().map(OptionsReader::variable).toList();
    return environment.keySet().stream()
        .filter(name -> name.startsWith("SIDETRACE_") && !known.contains(name))
        .filter(name -> Words.distance(name, nearest(name, known)) <= 2)
        .map(name -> name + " is not known; is " + nearest(name, known) + " meant?")
        .toList();
  }

  private static String nearest(String word, List<String> known) {
    return Words.nearest(word, known);
  }

  private Object build(Class<?> record) throws OptionException {
    List<@Nullable Object> values = new ArrayList<>();
    for (RecordComponent component : record.getRecordComponents()) {
      Class<?> type = component.getType();
      values.add(type.isRecord() ? build(type) : value(component));
    }
    return build(record, values);
  }

  private @Nullable Object value(RecordComponent component) throws OptionException {
    String key = key(component);
    Setting setting = setting(component);
    String told = setting.fileOnly() ? null : flagOrVariable(component);
    ConfigNode node = file.get(key);
    if (told == null && node != null) {
      return inFile(key, component, node);
    }
    return parse(key, told == null ? fallback(key, setting) : told, component, "");
  }

  private static @Nullable Object inFile(String key, RecordComponent component, ConfigNode node)
      throws OptionException {
    if (component.getType().equals(List.class)) {
      Class<?> item =
          (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
      if (item != String.class) {
        return ListItems.read(node, item);
      }
      if (!(node instanceof ConfigNode.Text)) {
        return SectionReader.texts(node);
      }
    }
    if (node instanceof ConfigNode.Text text) {
      return parse(key, text.text().trim(), component, node.place() + ": ");
    }
    throw new OptionException(node.place() + ": " + key + " is a single value");
  }

  private static @Nullable Object parse(
      String key, String text, RecordComponent component, String place) throws OptionException {
    try {
      return text.isEmpty() && !component.getType().equals(List.class)
          ? null
          : OptionValues.parse(text, component.getType());
    } catch (IllegalArgumentException e) {
      String unit = setting(component).unit();
      throw new OptionException(place + key + " is '" + text + "', which is no " + unit, e);
    }
  }

  private @Nullable String flagOrVariable(RecordComponent component) {
    String flag = flags.get(key(component));
    if (flag != null) {
      return flag;
    }
    List<String> variables = new ArrayList<>(List.of(variable(component)));
    variables.addAll(Arrays.asList(setting(component).env()));
    for (String variable : variables) {
      String told = environment.get(variable);
      if (told != null && !told.isBlank()) {
        return told.trim();
      }
    }
    return null;
  }

  private String fallback(String key, Setting setting) {
    if (key.equals("spool") && readsRedis()) {
      return "none";
    }
    String state = Spool.defaultRoot(environment).getParent();
    return setting.fallback().replace("{state}", state == null ? "." : state);
  }

  private boolean readsRedis() {
    return file.get("redis") != null
        || components().stream()
            .filter(component -> key(component).equals("redis"))
            .anyMatch(component -> flagOrVariable(component) != null);
  }

  private static Object build(Class<?> record, List<@Nullable Object> values)
      throws OptionException {
    Class<?>[] types =
        Arrays.stream(record.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = record.getDeclaredConstructor(types);
      return constructor.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      Throwable cause = e.getTargetException();
      throw new OptionException(String.valueOf(cause.getMessage()), cause);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record has its canonical constructor", e);
    }
  }
}
