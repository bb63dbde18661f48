package io.sidetrace.agent.weave;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

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

  /** The only class of the weaver's that a bridge needs. */
  private static final String FAILURES = AdviceFailures.class.getName();

  private final ClassLoader agent;
  private final String ownPackage;
  private final ConcurrentHashMap<String, MethodHandle> linked = new ConcurrentHashMap<>();
  private final AtomicInteger bridges = new AtomicInteger();

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
    if (name.startsWith("io.sidetrace.agent.api.") || name.equals(FAILURES)) {
      return agent.loadClass(name);
    }
    if (name.startsWith("io.sidetrace.agent.")) {
      throw new ClassNotFoundException(name + ": of the agent, advice sees only its api package");
    }
    return super.loadClass(name, resolve);
  }

  /** What {@link #link} made for a call site of this kind before; null if nothing. */
  @Nullable MethodHandle linked(String kind) {
    return linked.get(kind);
  }

  /** A name for the class between woven code and this advice, internal. */
  String nextBridge(Class<?> advice) {
    return advice.getName().replace('.', '/') + "$Bridge" + bridges.getAndIncrement();
  }

  /**
   * Defines what {@link AdviceBridge} wrote.
   *
   * @param kind of call site; all of a kind are linked to the same
   */
  MethodHandle link(String kind, byte[] bridge, MethodType site, AdviceFailures failures)
      throws ReflectiveOperationException {
    Class<?> type = defineClass(null, bridge, 0, bridge.length);
    type.getField(AdviceBridge.FAILURES).set(null, failures);
    MethodHandle call = MethodHandles.publicLookup().findStatic(type, AdviceBridge.METHOD, site);
    linked.put(kind, call);
    return call;
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
