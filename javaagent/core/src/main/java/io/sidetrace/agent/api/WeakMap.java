package io.sidetrace.agent.api;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a value beside an object of a library, by identity and for as long as that object lives:
 * for work that is handed over now and runs later, or never. Thread-safe, waits for nobody.
 *
 * <p>The value must not refer to its key, or neither goes.
 */
public final class WeakMap<K, V> {
  private final ConcurrentHashMap<Key, V> values = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> dead = new ReferenceQueue<>();

  public void put(K key, V value) {
    for (Reference<?> gone = dead.poll(); gone != null; gone = dead.poll()) {
      values.remove(gone);
    }
    values.put(new Key(key, dead), value);
  }

  /** Takes the value away; null if there is none. */
  public @Nullable V remove(K key) {
    return values.isEmpty() ? null : values.remove(new Key(key, null));
  }

  int size() {
    return values.size();
  }

  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object referent, @Nullable ReferenceQueue<Object> queue) {
      super(referent, queue);
      hash = System.identityHashCode(referent);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      Object referent = get();
      return this == other
          || (referent != null && other instanceof Key key && key.refersTo(referent));
    }
  }
}
