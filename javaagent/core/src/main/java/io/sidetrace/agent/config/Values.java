package io.sidetrace.agent.config;

import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns settings into values, or says which one can't be. */
final class Values {
  private final Sources sources;

  Values(Sources sources) {
    this.sources = sources;
  }

  /** Null if set neither by the user nor by default. */
  @Nullable String text(Option option) {
    Sources.Setting setting = sources.get(option.key);
    String value = setting == null ? option.byDefault : setting.value();
    return value.isEmpty() ? null : value;
  }

  String text(Option option, String otherwise) {
    String text = text(option);
    return text == null ? otherwise : text;
  }

  @Nullable File file(Option option) {
    String path = text(option);
    return path == null ? null : new File(path);
  }

  /** As {@link #file}; set only where the other is set too. */
  @Nullable File fileWith(Option option, Option other) throws ConfigException {
    File file = file(option);
    if (file != null && text(other) == null) {
      throw new ConfigException(where(option.key) + " needs " + other.key + " beside it");
    }
    return file;
  }

  /**
   * Never in a message: it may hold a password.
   *
   * @param schemes {@code http://}, …
   */
  @Nullable String url(Option option, String... schemes) throws ConfigException {
    String url = text(option);
    if (url != null && Arrays.stream(schemes).noneMatch(url::startsWith)) {
      String last = schemes[schemes.length - 1];
      String others = String.join(", ", Arrays.copyOf(schemes, schemes.length - 1));
      throw new ConfigException(
          where(option.key) + " does not begin with " + others + " or " + last);
    }
    return url;
  }

  List<String> list(Option option) {
    List<String> items = new ArrayList<>();
    for (String item : text(option, "").split(",", -1)) {
      if (!item.isBlank()) {
        items.add(item.trim());
      }
    }
    return List.copyOf(items);
  }

  boolean flag(Option option) throws ConfigException {
    return flag(option.key, text(option, "false"));
  }

  private boolean flag(String key, String value) throws ConfigException {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true", "on", "yes", "1" -> true;
      case "false", "off", "no", "0" -> false;
      default -> throw bad(key, value, "true or false");
    };
  }

  /** What {@code instrumentation.<name>.enabled=false} names. */
  Set<String> disabledInstrumentations() throws ConfigException {
    Set<String> disabled = new HashSet<>();
    for (var entry : sources.all().entrySet()) {
      String name = Option.instrumentationIn(entry.getKey());
      if (!name.isEmpty() && !flag(entry.getKey(), entry.getValue().value())) {
        disabled.add(name);
      }
    }
    return Set.copyOf(disabled);
  }

  int whole(Option option, int min, int max) throws ConfigException {
    return (int) bounded(option, min, max, "a whole number from " + min + " to " + max);
  }

  /** Bytes, or with a unit: {@code 64k}, {@code 64KiB}, {@code 1 MiB}, {@code 2g}. */
  long bytes(Option option, long min, long max) throws ConfigException {
    return bounded(
        option, min, max, "a size such as 64KiB or 512MiB, " + min + " to " + max + " bytes");
  }

  private long bounded(Option option, long min, long max, String expected) throws ConfigException {
    String value = text(option, "");
    long number = number(value);
    if (number < min || number > max) {
      throw bad(option.key, value, expected);
    }
    return number;
  }

  /** -1 if it is none. */
  private static long number(String value) {
    int digits = 0;
    while (digits < value.length() && Character.digit(value.charAt(digits), 10) >= 0) {
      digits++;
    }
    long factor =
        switch (value.substring(digits).trim().toLowerCase(Locale.ROOT)) {
          case "", "b" -> 1;
          case "k", "kb", "kib" -> 1L << 10;
          case "m", "mb", "mib" -> 1L << 20;
          case "g", "gb", "gib" -> 1L << 30;
          default -> 0;
        };
    if (digits == 0 || digits > 15 || factor == 0) {
      return -1;
    }
    return Long.parseLong(value.substring(0, digits)) * factor;
  }

  private ConfigException bad(String key, String value, String expected) {
    return new ConfigException(where(key) + " is \"" + value + "\"; expected " + expected);
  }

  private String where(String key) {
    Sources.Setting setting = sources.get(key);
    return setting == null ? key : setting.where();
  }
}
