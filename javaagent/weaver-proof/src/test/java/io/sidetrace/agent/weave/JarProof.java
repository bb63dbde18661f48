package io.sidetrace.agent.weave;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarFile;

/**
 * Loads every class of jars twice, as it is and woven, and has the JVM link both: what links as it
 * is has to link woven.
 */
final class JarProof {

  private final URLClassLoader originals;
  private final WovenLoader wovens;
  private final Tally tally = new Tally();

  JarProof(List<Path> jars) throws IOException {
    URL[] urls = new URL[jars.size()];
    for (int i = 0; i < urls.length; i++) {
      urls[i] = jars.get(i).toUri().toURL();
    }
    originals = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
    wovens = new WovenLoader(urls);
  }

  Tally prove(List<Path> jars) throws IOException {
    for (Path path : jars) {
      try (var jar = new JarFile(path.toFile())) {
        jar.stream()
            .map(entry -> entry.getName())
            .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
            .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
            .filter(name -> !name.endsWith("-info"))
            .forEach(this::prove);
      }
    }
    return tally;
  }

  private void prove(String name) {
    if (link(name, originals) != null) {
      tally.leave("does not link without its optional dependencies");
      return;
    }
    Throwable failure = link(name, wovens);
    if (failure == null && wovens.methodsOf(name) > 0) {
      tally.proven(wovens.methodsOf(name));
    } else if (failure != null) {
      tally.failures.add(name + ": " + failure);
    }
  }

  /**
   * Asking for a class's constructors links it, and linking verifies it; nothing is initialized.
   */
  private static Throwable link(String name, ClassLoader loader) {
    try {
      Constructor<?>[] linked = Class.forName(name, false, loader).getDeclaredConstructors();
      Objects.requireNonNull(linked);
      return null;
    } catch (ClassNotFoundException | LinkageError | TypeNotPresentException e) {
      return e;
    }
  }

  private final class WovenLoader extends URLClassLoader {

    private final Map<String, Integer> methods = new HashMap<>();

    WovenLoader(URL[] urls) {
      super(urls, ClassLoader.getPlatformClassLoader());
    }

    int methodsOf(String name) {
      return methods.getOrDefault(name, 0);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      byte[] classFile;
      try (var in = findResource(name.replace('.', '/') + ".class").openStream()) {
        classFile = in.readAllBytes();
      } catch (IOException | NullPointerException e) {
        throw new ClassNotFoundException(name, e);
      }
      EveryMethod.Outcome outcome = EveryMethod.weave(classFile);
      methods.put(name, outcome.methods());
      tally.leave(outcome.refusals());
      return defineClass(name, outcome.classFile(), 0, outcome.classFile().length);
    }
  }
}
