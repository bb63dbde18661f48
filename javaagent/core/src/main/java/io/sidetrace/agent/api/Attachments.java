package io.sidetrace.agent.api;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
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

  /** How often something was attached, and how often that was taken away or replaced. */
  private final LongAdder attached = new LongAdder();

  private final LongAdder gone = new LongAdder();

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
    attached.increment(); // before anybody can take it away
    if (values.put(handle, value) != null) {
      gone.increment();
    }
    return handle;
  }

  public @Nullable V get(K key) {
    return values.get(new Probe(key));
  }

  public @Nullable V remove(K key) {
    return take(new Probe(key));
  }

  private @Nullable V take(Object keyOrProbe) {
    V value = values.remove(keyOrProbe);
    if (value != null) {
      gone.increment();
    }
    return value;
  }

  /**
   * Cheap, and never true while something is attached that this thread can know of. False for a
   * moment if others attach and take away meanwhile.
   *
   * <p>The map can't tell: it adds up its counters one after the other, and may count that an entry
   * was removed on one thread and not that it was added on another, which hides one of those that
   * are there. Of two numbers that only grow the later one is to be read first: whatever is counted
   * as gone is then counted as attached too.
   */
  public boolean isEmpty() {
    long goneBefore = gone.sum();
    return attached.sum() == goneBefore;
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
