package io.sidetrace.instrumentation.testing.coverage;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Writes down which behaviours tests have shown of a library, one file for each test class, library
 * and JDK, for {@link CoverageTable}. What a test with {@link Covers} has shown belongs to its
 * argument, if that is {@link Covered}, else to its class. Contracts bring this extension along;
 * another test class says {@code @ExtendWith(CoverageExtension.class)}.
 *
 * <pre>
 * target/coverage/class-library-version-jdk.tsv
 *   library · version · jdk · behaviour · kept | weaker | absent | failed · reason
 * </pre>
 */
public final class CoverageExtension
    implements InvocationInterceptor, AfterEachCallback, AfterAllCallback {
  static final Path FOLDER = Path.of("target", "coverage");
  private static final Namespace NAMESPACE = Namespace.create(CoverageExtension.class);

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation, ReflectiveInvocationContext<Method> call, ExtensionContext test)
      throws Throwable {
    call.getArguments().stream()
        .filter(Covered.class::isInstance)
        .findFirst()
        .ifPresent(covered -> test.getStore(NAMESPACE).put(Covered.class, covered));
    invocation.proceed();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    Method method = test.getRequiredTestMethod();
    Covers covers = method.getAnnotation(Covers.class);
    if (covers != null) {
      boolean kept = test.getExecutionException().isEmpty();
      Covered covered = covered(test);
      shown(test)
          .computeIfAbsent(covered.library(), none -> new Shown(covered.limits()))
          .add(covers.value(), kept);
    } else if (method.getDeclaringClass().getName().endsWith("Contract")) {
      throw new IllegalStateException(method + " is in no column: add @Covers");
    }
  }

  private static Covered covered(ExtensionContext test) {
    Object found =
        test.getStore(NAMESPACE)
            .getOrDefault(Covered.class, Object.class, test.getRequiredTestInstance());
    if (found instanceof Covered covered) {
      return covered;
    }
    throw new IllegalStateException(
        test.getRequiredTestMethod()
            + " has @Covers, but neither its class nor an argument implements Covered");
  }

  @Override
  public void afterAll(ExtensionContext tests) throws IOException {
    String jdk = String.valueOf(Runtime.version().feature());
    for (Map.Entry<Library, Shown> each : shown(tests).entrySet()) {
      Library library = each.getKey();
      Files.createDirectories(FOLDER);
      String name =
          String.join(
              "-",
              tests.getRequiredTestClass().getSimpleName(),
              library.name(),
              library.version(),
              jdk);
      Files.write(
          FOLDER.resolve(name.replaceAll("[^\\w.-]+", "_") + ".tsv"),
          each.getValue().lines(String.join("\t", library.name(), library.version(), jdk)));
    }
  }

  /** Of this class; parameterized tests and repetitions have containers of their own in between. */
  @SuppressWarnings("unchecked")
  private static Map<Library, Shown> shown(ExtensionContext context) {
    ExtensionContext tests = context;
    while (tests.getTestMethod().isPresent()) {
      tests = tests.getParent().orElseThrow();
    }
    return (Map<Library, Shown>)
        tests
            .getStore(NAMESPACE)
            .computeIfAbsent(Shown.class, none -> new LinkedHashMap<Library, Shown>(), Map.class);
  }
}
