package io.sidetrace.daemon.export.console;

import java.util.Map;

/** Colours, where the terminal has them. */
public enum Paint {
  PLAIN {
    @Override
    String with(String code, String text) {
      return text;
    }
  },
  ANSI {
    @Override
    String with(String code, String text) {
      return text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
  };

  /**
   * Colours if standard output is a terminal that has not opted out (no-color.org).
   *
   * @param terminal true if somebody looks at the output
   */
  public static Paint of(boolean terminal, Map<String, String> environment) {
    String noColor = environment.getOrDefault("NO_COLOR", "");
    boolean dumb = "dumb".equals(environment.get("TERM"));
    return terminal && noColor.isEmpty() && !dumb ? ANSI : PLAIN;
  }

  abstract String with(String code, String text);

  String bold(String text) {
    return with("1", text);
  }

  String dim(String text) {
    return with("2", text);
  }

  String red(String text) {
    return with("1;31", text);
  }

  String yellow(String text) {
    return with("33", text);
  }

  String cyan(String text) {
    return with("1;36", text);
  }
}
