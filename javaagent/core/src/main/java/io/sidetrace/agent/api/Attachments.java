package io.sidetrace.agent.api;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
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

  /** How many are attached, or are about to be. */
  private final AtomicLong count = new AtomicLong();

  /**
   * Attaches a value in place of the one there.
   *
   * @return takes the value away again, for whoever cannot hold on to the key
   */
  public Handle put(K key, V value) {
    Reference<? extends K> reference;
    while ((reference = dead.poll()) != null) {
      take(reference);
    }
    var handle = new Key<>(key, dead, this);
    count.incrementAndGet(); // before anybody can take it away
    if (values.put(handle, value) != null) {
      count.decrementAndGet();
    }
    return handle;
  }

  public @Nullable V get(K key) {
    return isEmpty() ? null : values.get(new Probe(key));
  }

  public @Nullable V remove(K key) {
    return isEmpty() ? null : take(new Probe(key));
  }

  private @Nullable V take(Object keyOrProbe) {
    V value = values.remove(keyOrProbe);
    if (value != null) {
      count.decrementAndGet();
    }
    return value;
  }

  /**
   * Cheap, and never true while something is attached that this thread can know of; false for a
   * moment longer.
   *
   * <p>The map can't tell: it adds up its counters one after the other, and may count that an entry
   * was removed on one thread and not that it was added on another, which hides one of those that
   * are there.
   */
  public boolean isEmpty() {
    return count.get() == 0;
  }

  int size() {
    return values.size();
  }

  /** One attached value. Keeps no key alive. */
  public interface Handle {
    void remove();
  }

  private static final class Key<K> extends WeakReference<K> implements Handle {
    private final Attachments<K, ?> owner;
    private final int hash;

    Key(K key, ReferenceQueue<K> dead, Attachments<K, ?> owner) {
      super(key, dead);
      this.owner = owner;
      this.hash = System.identityHashCode(key);
    }

    @Override
    public void remove() {
      owner.take(this);
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
