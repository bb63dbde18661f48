package io.sidetrace.e2e;

import java.nio.file.Path;

/** The demo on one of two generations of Spring Boot, and on the servers it can have. */
enum Boot {
  THREE("demo.jar"),
  THREE_ON_JETTY("demo-jetty.jar"),
  THREE_ON_UNDERTOW("demo-undertow.jar"),
  FOUR("demo-boot4.jar"),
  FOUR_ON_JETTY("demo-boot4-jetty.jar"), // and no longer on Undertow
  /** Another program than the former: WebFlux on Reactor Netty, with WebClient. */
  THREE_WEBFLUX("demo-webflux.jar"),
  FOUR_WEBFLUX("demo-boot4-webflux.jar");

  private final String property;

  Boot(String property) {
    this.property = property;
  }

  Path jar() {
    return Scene.file(property);
  }
}
