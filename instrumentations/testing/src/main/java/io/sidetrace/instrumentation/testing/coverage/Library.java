package io.sidetrace.instrumentation.testing.coverage;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A row of the table.
 *
 * @param version as its jar says; {@code JDK} for what the JDK brings
 */
public record Library(String name, String version) {
  private static final Pattern VERSIONED_JAR = Pattern.compile(".*?-(\\d+\\.[\\w.-]*)\\.jar");

  /** The version is that of the jar the class was loaded from, so a row can't claim another. */
  public static Library of(String name, Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation().getProtocol().equals("jrt")) {
      return new Library(name, "JDK");
    }
    try {
      return ofJar(name, Path.of(source.getLocation().toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where the test's own loader does not see the classes. */
  public static Library ofJar(String name, Path jar) {
    Matcher version = VERSIONED_JAR.matcher(String.valueOf(jar.getFileName()));
    if (!version.matches()) {
      throw new IllegalArgumentException("no version in " + jar);
    }
    return new Library(name, version.group(1));
  }
}
