package io.sidetrace.e2e;

import java.nio.file.Path;

/** The demo on one of two generations of Spring Boot. */
enum Boot {
  THREE("demo.jar"),
  FOUR("demo-boot4.jar");

  private final String property;

  Boot(String property) {
    this.property = property;
  }

  Path jar() {
    return Scene.file(property);
  }
}
