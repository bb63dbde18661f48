package io.sidetrace.daemon.run;

import io.sidetrace.daemon.export.Lane;
import io.sidetrace.daemon.shape.Criteria;
import io.sidetrace.daemon.shape.Subject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where observations go: to each lane that takes everything, and to one project's, if there are
 * projects. A project may hold only its share of what is in flight, so that those that fail leave
 * room for the others.
 */
final class Outlets {
  private final List<Lane<?>> everything;
  private final List<Destination> projects;

  /**
   * A project's lane.
   *
   * @param when what goes there; null: the rest
   * @param share what is on its way there
   */
  record Destination(@Nullable Criteria when, Share share) {
    private boolean takes(Subject subject) {
      return when == null || when.match(subject, false);
    }
  }

  /**
   * @param projects the first that takes an event has it; the last takes the rest
   */
  Outlets(List<Lane<?>> everything, List<Destination> projects) {
    this.everything = List.copyOf(everything);
    this.projects = List.copyOf(projects);
  }

  /** All lanes there are. */
  List<Lane<?>> lanes() {
    List<Lane<?>> all = new ArrayList<>(everything);
    projects.forEach(project -> all.add(project.share().lane()));
    return all;
  }

  /** The lanes that take everything. */
  List<Lane<?>> everything() {
    return everything;
  }

  /** How many lanes answer for each event. */
  int answers() {
    return everything.size() + (projects.isEmpty() ? 0 : 1);
  }

  /** The project for an event; null if there are none. */
  @Nullable Destination of(Subject subject) {
    for (Destination project : projects) {
      if (project.takes(subject)) {
        return project;
      }
    }
    return null;
  }

  /** False while a project is busy that will soon have room: it is waited for. */
  boolean haveRoom() {
    for (Destination project : projects) {
      if (project.share().isFull() && !project.share().isStuck()) {
        return false;
      }
    }
    return true;
  }
}
