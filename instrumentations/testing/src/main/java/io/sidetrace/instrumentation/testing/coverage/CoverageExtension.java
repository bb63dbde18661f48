package io.sidetrace.instrumentation.testing.coverage;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Writes down which behaviours a contract's tests have shown of a library, one file for each test
 * class, library and JDK, for {@link CoverageTable}.
 *
 * <pre>
 * target/coverage/class-library-version-jdk.tsv
 *   library · version · jdk · behaviour · kept | absent | weaker | failed · reason
 * </pre>
 */
public final class CoverageExtension implements AfterEachCallback, AfterAllCallback {
  static final Path FOLDER = Path.of("target", "coverage");
  private static final Namespace NAMESPACE = Namespace.create(CoverageExtension.class);

  @Override
  public void afterEach(ExtensionContext test) {
    Method method = test.getRequiredTestMethod();
    Covers covers = method.getAnnotation(Covers.class);
    if (covers != null) {
      results(test.getParent().orElseThrow())
          .merge(covers.value(), test.getExecutionException().isEmpty(), Boolean::logicalAnd);
    } else if (method.getDeclaringClass().getName().endsWith("Contract")) {
      throw new IllegalStateException(method + " is in no column: add @Covers");
    }
  }

  @Override
  public void afterAll(ExtensionContext tests) throws IOException {
    Map<Behaviour, Boolean> results = results(tests);
    if (results.isEmpty()) {
      return;
    }
    Covered contract = (Covered) tests.getRequiredTestInstance();
    Library library = contract.library();
    String jdk = String.valueOf(Runtime.version().feature());
    List<String> lines = new ArrayList<>();
    results.forEach(
        (behaviour, kept) ->
            lines.add(
                String.join(
                    "\t",
                    library.name(),
                    library.version(),
                    jdk,
                    behaviour.name(),
                    kept ? mark(behaviour, contract.limits()) : Mark.FAILED.name(),
                    reason(behaviour, contract.limits()))));
    Files.createDirectories(FOLDER);
    String name =
        String.join(
            "-",
            tests.getRequiredTestClass().getSimpleName(),
            library.name(),
            library.version(),
            jdk);
    Files.write(FOLDER.resolve(name.replaceAll("[^\\w.-]+", "_") + ".tsv"), lines);
  }

  private static String mark(Behaviour behaviour, Map<Limit, String> limits) {
    Mark mark = Mark.KEPT;
    for (Limit limit : limits.keySet()) {
      if (limit.behaviour() == behaviour) {
        mark = limit.absent() ? Mark.ABSENT : Mark.WEAKER;
      }
    }
    return mark.name();
  }

  private static String reason(Behaviour behaviour, Map<Limit, String> limits) {
    return limits.entrySet().stream()
        .filter(limit -> limit.getKey().behaviour() == behaviour)
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .collect(Collectors.joining(" "));
  }

  /** Of this class; parameterized tests and repetitions have containers of their own in between. */
  @SuppressWarnings("unchecked")
  private static Map<Behaviour, Boolean> results(ExtensionContext context) {
    ExtensionContext tests = context;
    while (tests.getTestMethod().isPresent()) {
      tests = tests.getParent().orElseThrow();
    }
    return (Map<Behaviour, Boolean>)
        tests
            .getStore(NAMESPACE)
            .computeIfAbsent(
                Behaviour.class, none -> new EnumMap<Behaviour, Boolean>(Behaviour.class));
  }
}
