package io.sidetrace.agent.weave;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An instrumentation of which no more is known than its name and the classes it weaves, until the
 * first of these is loaded: most applications have few of the libraries that we know.
 */
final class Candidate {
  private static final String FIELD = " ";

  final String name;

  /** Of the woven classes, internal, as the JVM tells them. */
  final List<String> classNames;

  private final String type;
  private final @Nullable Instrumentation instrumentation;
  private final ClassLoader loader;

  private Candidate(
      String name,
      List<String> classNames,
      String type,
      @Nullable Instrumentation instrumentation,
      ClassLoader loader) {
    this.name = name;
    this.classNames = classNames;
    this.type = type;
    this.instrumentation = instrumentation;
    this.loader = loader;
  }

  static Candidate of(Instrumentation instrumentation) {
    List<String> classNames = new ArrayList<>();
    for (Rule rule : instrumentation.rules()) {
      String internal = rule.className.replace('.', '/');
      if (!classNames.contains(internal)) {
        classNames.add(internal);
      }
    }
    Class<?> type = instrumentation.getClass();
    return new Candidate(
        instrumentation.name(), classNames, type.getName(), instrumentation, type.getClassLoader());
  }

  /**
   * @param line as {@link #line} wrote it
   * @param loader of the instrumentation's class
   */
  static Candidate parse(String line, ClassLoader loader) {
    String[] fields = line.split(FIELD, -1);
    return new Candidate(
        fields[0], List.of(fields).subList(2, fields.length), fields[1], null, loader);
  }

  /** {@code <name> <class of the instrumentation> <woven/Class> <woven/Class>…}. */
  String line() {
    return name + FIELD + type + FIELD + String.join(FIELD, classNames);
  }

  /** The instrumentation's own, with a dot at its end. */
  String ownPackage() {
    return type.substring(0, type.lastIndexOf('.') + 1);
  }

  List<Rule> rules() throws ReflectiveOperationException {
    Instrumentation known = instrumentation;
    if (known == null) {
      known =
          Class.forName(type, true, loader)
              .asSubclass(Instrumentation.class)
              .getConstructor()
              .newInstance();
    }
    return known.rules();
  }
}
