package io.sidetrace.instrumentation.testing.coverage;

import java.util.List;
import java.util.stream.Stream;

/** A table of the page, with columns of its own. */
public enum Side {
  CLIENT("Clients"),
  SERVER("Servers"),
  FRAMEWORK("Frameworks"),
  THREADS("Threads"),
  JOB("Jobs"),
  SDK("SDKs");

  private final String title;

  Side(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  List<Behaviour> columns() {
    return Stream.of(Behaviour.values()).filter(column -> column.side() == this).toList();
  }
}
