package io.sidetrace.agent.weave;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One {@link AdviceLoader} per application loader and instrumentation. Thread-safe.
 *
 * <p>An advice loader has the application loader as parent, so both ends are weak here: what keeps
 * an advice loader is the call sites that were linked to it, and these belong to the application's
 * classes.
 */
final class AdviceLoaders {

  private final ClassLoader agent;
  private final Map<ClassLoader, Map<String, WeakReference<AdviceLoader>>> loaders =
      new WeakHashMap<>();

  AdviceLoaders(ClassLoader agent) {
    this.agent = agent;
  }

  /**
   * @param application null, for classes of {@code java.base}, stands for the platform loader
   */
  synchronized AdviceLoader loader(@Nullable ClassLoader application, String ownPackage) {
    ClassLoader parent = application == null ? ClassLoader.getPlatformClassLoader() : application;
    Map<String, WeakReference<AdviceLoader>> byPackage = loaders.get(parent);
    if (byPackage == null) {
      byPackage = new HashMap<>();
      loaders.put(parent, byPackage);
    }
    WeakReference<AdviceLoader> known = byPackage.get(ownPackage);
    AdviceLoader loader = known == null ? null : known.get();
    if (loader == null) {
      loader = new AdviceLoader(agent, parent, ownPackage);
      byPackage.put(ownPackage, new WeakReference<>(loader));
    }
    return loader;
  }
}
