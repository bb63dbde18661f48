package io.sidetrace.daemon.run;

import io.sidetrace.event.Spool;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
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
  private final Map<String, String> file;

  /**
   * @param flags by key
   * @param environment as {@link System#getenv()}
   * @param file by key
   */
  public OptionsReader(
      Map<String, String> flags, Map<String, String> environment, Map<String, String> file) {
    this.flags = flags;
    this.environment = environment;
    this.file = file;
  }

  /** The components with their settings, in the record's order. */
  public static List<RecordComponent> components() {
    return List.of(DaemonOptions.class.getRecordComponents());
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
    for (String key : file.keySet()) {
      if (!keys.contains(key)) {
        throw new OptionException("unknown option " + key + "; nearest is " + nearest(key, keys));
      }
    }
    List<@Nullable Object> values = new ArrayList<>();
    for (RecordComponent component : components()) {
      values.add(value(component));
    }
    return build(values);
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

  private @Nullable Object value(RecordComponent component) throws OptionException {
    String key = key(component);
    String text = text(component);
    try {
      return text.isEmpty() && !component.getType().equals(List.class)
          ? null
          : OptionValues.parse(text, component.getType());
    } catch (IllegalArgumentException e) {
      String unit = setting(component).unit();
      throw new OptionException(key + " is '" + text + "', which is no " + unit, e);
    }
  }

  private String text(RecordComponent component) {
    String key = key(component);
    Setting setting = setting(component);
    String flag = flags.get(key);
    if (flag != null) {
      return flag;
    }
    List<String> variables = new ArrayList<>(List.of(variable(component)));
    variables.addAll(Arrays.asList(setting.env()));
    for (String variable : variables) {
      String told = environment.get(variable);
      if (told != null && !told.isBlank()) {
        return told.trim();
      }
    }
    String told = file.get(key);
    return told != null ? told.trim() : fallback(key, setting);
  }

  private String fallback(String key, Setting setting) {
    boolean onlyRedis = key.equals("spool") && !redis().isEmpty();
    if (onlyRedis) {
      return "none";
    }
    String state = Spool.defaultRoot(environment).getParent();
    return setting.fallback().replace("{state}", state == null ? "." : state);
  }

  private String redis() {
    return components().stream()
        .filter(component -> key(component).equals("redis"))
        .map(this::text)
        .findFirst()
        .orElse("");
  }

  private static DaemonOptions build(List<@Nullable Object> values) throws OptionException {
    Class<?>[] types = components().stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<DaemonOptions> constructor = DaemonOptions.class.getDeclaredConstructor(types);
      return constructor.newInstance(values.toArray());
    } catch (InvocationTargetException e) {
      Throwable cause = e.getTargetException();
      throw new OptionException(String.valueOf(cause.getMessage()), cause);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a record has its canonical constructor", e);
    }
  }
}
