package io.sidetrace.standin.langfuse;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong, each with its place. */
final class Problems {
  private final List<String> found;
  private final String place;

  private Problems(List<String> found, String place) {
    this.found = found;
    this.place = place;
  }

  static Problems none() {
    return new Problems(new ArrayList<>(), "");
  }

  /** The same list, at a place within this one. */
  Problems at(String inner) {
    return new Problems(found, place.isEmpty() ? inner : place + " " + inner);
  }

  void add(String problem) {
    found.add(place + " " + problem);
  }

  void unless(boolean holds, String problem) {
    if (!holds) {
      add(problem);
    }
  }

  List<String> found() {
    return found;
  }
}
