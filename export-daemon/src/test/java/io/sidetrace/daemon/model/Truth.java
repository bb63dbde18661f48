package io.sidetrace.daemon.model;

import io.sidetrace.daemon.Evidence;
import io.sidetrace.daemon.deadletter.DeadLetter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What was produced, and what has to become of it. An event is known by its name. */
final class Truth {
  private static final Pattern NAME = Pattern.compile("(span|noise|bad|junk) \\d+");

  private final Map<String, Kind> produced = new LinkedHashMap<>();
  private final Set<String> unsure = new HashSet<>();
  private long numbers;

  enum Kind {
    /** Has to be exported. */
    SPAN,
    /** May be exported or filtered: a rule against it comes and goes. */
    NOISE,
    /** Langfuse refuses it. */
    BAD,
    /** Cannot be read. */
    JUNK
  }

  long next() {
    return numbers++;
  }

  static String name(Kind kind, long number) {
    return kind.name().toLowerCase(Locale.ROOT) + " " + number;
  }

  /**
   * @param sure false if nobody knows whether it has reached the spool or Redis
   */
  void produced(Kind kind, long number, boolean sure) {
    String name = name(kind, number);
    produced.put(name, kind);
    if (!sure) {
      unsure.add(name);
    }
  }

  int size() {
    return produced.size();
  }

  /** Events that are nowhere yet, and such as are where they may not be. */
  List<String> wrong(Set<String> exported, Set<String> buried) {
    List<String> wrong = new ArrayList<>();
    produced.forEach(
        (name, kind) -> {
          boolean sure = !unsure.contains(name);
          if (kind == Kind.SPAN && sure && !exported.contains(name)) {
            wrong.add(name + " is missing");
          }
          if ((kind == Kind.BAD || kind == Kind.JUNK) && sure && !buried.contains(name)) {
            wrong.add(name + " is not among the dead letters");
          }
        });
    for (String name : exported) {
      Kind kind = produced.get(name);
      if (kind != Kind.SPAN && kind != Kind.NOISE) {
        wrong.add(name + " was exported");
      }
    }
    for (String name : buried) {
      Kind kind = produced.get(name);
      if (kind != Kind.BAD && kind != Kind.JUNK) {
        wrong.add(name + " is among the dead letters");
      }
    }
    return wrong;
  }

  /** What the letters in a folder are about, readable or not. */
  static Set<String> buried(Path folder) {
    Set<String> names = new HashSet<>();
    for (DeadLetter letter : Evidence.letters(folder)) {
      Matcher name = NAME.matcher(letter.frame().toUtf8());
      names.add(name.find() ? name.group() : letter.reason());
    }
    return names;
  }
}
