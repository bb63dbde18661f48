package io.sidetrace.agent.weave;

import java.io.IOException;
import java.io.InputStream;

/**
 * Where one instrumentation's advice meets one application loader: it defines the instrumentation's
 * package itself, takes {@code io.sidetrace.agent.api} from the agent's loader and everything else
 * from the application. So advice is ordinary code that sees the library it was written for,
 * whichever loader holds it, and no class of ours is defined in an application's loader.
 */
final class AdviceLoader extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private final ClassLoader agent;
  private final String ownPackage;

  /**
   * @param agent the loader of the agent's classes; advice reads its bytes from there too
   * @param ownPackage with a dot at its end
   */
  AdviceLoader(ClassLoader agent, ClassLoader application, String ownPackage) {
    super("sidetrace-advice", application);
    this.agent = agent;
    this.ownPackage = ownPackage;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith(ownPackage)) {
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : defineOwn(name);
      }
    }
    if (name.startsWith("io.sidetrace.agent.api.")) {
      return agent.loadClass(name);
    }
    if (name.startsWith("io.sidetrace.agent.")) {
      throw new ClassNotFoundException(name + ": of the agent, advice sees only its api package");
    }
    return super.loadClass(name, resolve);
  }

  /** Not {@code findClass}, which also gets what the application lacks: that stays missing. */
  private Class<?> defineOwn(String name) throws ClassNotFoundException {
    try (InputStream in = agent.getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
