package io.sidetrace.agent.api;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Values attached to objects of the application that have no room for them: a map by identity that
 * keeps no key alive. Calls none of the keys' methods. Any thread.
 *
 * <p>A value must not refer to its key, or both stay for good.
 */
public final class Attachments<K, V> {
  private final ConcurrentHashMap<Object, V> values = new ConcurrentHashMap<>();
  private final ReferenceQueue<K> dead = new ReferenceQueue<>();

  /**
   * Attaches a value in place of the one there.
   *
   * @return takes the value away again, for whoever cannot hold on to the key
   */
  public Handle put(K key, V value) {
    Reference<? extends K> gone;
    while ((gone = dead.poll()) != null) {
      values.remove(gone);
    }
    var handle = new Key<>(key, dead, values);
    values.put(handle, value);
    return handle;
  }

  public @Nullable V get(K key) {
    return values.get(new Probe(key));
  }

  public @Nullable V remove(K key) {
    return values.remove(new Probe(key));
  }

  /** Cheap, and exact where nothing is attached on another thread at this moment. */
  public boolean isEmpty() {
    return values.isEmpty();
  }

  int size() {
    return values.size();
  }

  /** One attached value. Keeps no key alive. */
  public interface Handle {
    void remove();
  }

  private static final class Key<K> extends WeakReference<K> implements Handle {
    private final ConcurrentHashMap<Object, ?> values;
    private final int hash;

    Key(K key, ReferenceQueue<K> dead, ConcurrentHashMap<Object, ?> values) {
      super(key, dead);
      this.values = values;
      this.hash = System.identityHashCode(key);
    }

    @Override
    public void remove() {
      values.remove(this);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      if (this == other) {
        return true;
      }
      K key = get();
      return key != null && other instanceof Key<?> that && that.get() == key;
    }
  }

  /** Finds a {@link Key} without making a reference. */
  private record Probe(Object key) {

    @Override
    public int hashCode() {
      return System.identityHashCode(key);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key<?> that && that.get() == key;
    }
  }
}
