package io.sidetrace.llm.spi;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Things by an index that a provider gave, made when they are first asked for. There is mostly one,
 * at 0; and an index may be anything, so a list of that length will not do.
 */
public final class ByIndex<T> {
  private final IntFunction<T> make;
  private @Nullable T first;
  private @Nullable Map<Integer, T> all;

  public ByIndex(IntFunction<T> make) {
    this.make = make;
  }

  public T at(int index) {
    T only = first;
    if (index == 0 && only != null) {
      return only;
    }
    T found = all == null ? null : all.get(index);
    return found != null ? found : add(index, make.apply(index));
  }

  private T add(int index, T made) {
    if (index == 0) {
      first = made;
    }
    Map<Integer, T> map = all;
    if (map == null && index != 0) {
      map = new TreeMap<>();
      all = map;
      if (first != null) {
        map.put(0, first);
      }
    }
    if (map != null) {
      map.put(index, made);
    }
    return made;
  }

  public int size() {
    return all != null ? all.size() : first != null ? 1 : 0;
  }

  /** In the order of their indexes. */
  public Collection<T> values() {
    return all != null ? all.values() : first != null ? List.of(first) : List.of();
  }
}
