package io.sidetrace.daemon.run;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads values as people write them: {@code 200ms}, {@code 1.5s}, {@code 64MiB}, {@code a,b}. */
public final class OptionValues {
  private static final Pattern DURATION = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h)?");
  private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*([kmg]i?b|b)?");

  private OptionValues() {}

  /**
   * @throws IllegalArgumentException if the text is no such value
   */
  static Object parse(String text, Class<?> type) {
    if (type == String.class) {
      return text;
    } else if (type == List.class) {
      return list(text);
    } else if (type == Path.class) {
      return Path.of(text);
    } else if (type == URI.class) {
      return URI.create(text.replaceFirst("/+$", ""));
    } else if (type == Duration.class) {
      return duration(text);
    } else if (type == boolean.class) {
      return bool(text);
    } else if (type == double.class) {
      return Double.parseDouble(text);
    } else if (type == int.class) {
      return text.startsWith("-") ? (Object) Integer.parseInt(text) : Math.toIntExact(size(text));
    } else if (type == long.class) {
      return size(text);
    }
    throw new IllegalStateException("no option is a " + type);
  }

  private static boolean bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on", "1" -> true;
      case "false", "no", "off", "0" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",")).map(String::trim).filter(s -> !s.isEmpty()).toList();
  }

  /**
   * A bare number is in seconds, as Langfuse's variables are.
   *
   * @throws IllegalArgumentException if the text is no duration
   */
  public static Duration duration(String text) {
    Matcher match = DURATION.matcher(text.toLowerCase(Locale.ROOT));
    if (!match.matches()) {
      throw new IllegalArgumentException(text);
    }
    String unit = match.group(2) == null ? "s" : match.group(2);
    double seconds =
        switch (unit) {
          case "ms" -> 0.001;
          case "m" -> 60;
          case "h" -> 3600;
          default -> 1;
        };
    return Duration.ofNanos(Math.round(Double.parseDouble(match.group(1)) * seconds * 1e9));
  }

  private static long size(String text) {
    Matcher match = SIZE.matcher(text.toLowerCase(Locale.ROOT));
    if (!match.matches()) {
      throw new IllegalArgumentException(text);
    }
    String unit = match.group(2) == null ? "b" : match.group(2);
    int power = "bkmg".indexOf(unit.charAt(0));
    long base = unit.contains("i") ? 1024 : 1000;
    long bytes = Long.parseLong(match.group(1));
    for (int i = 0; i < power; i++) {
      bytes = multiply(bytes, base);
    }
    return bytes;
  }

  private static long multiply(long a, long b) {
    try {
      return Math.multiplyExact(a, b);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("too large", e);
    }
  }
}
