package io.sidetrace.app;

import java.time.Duration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Spring WebFlux on Reactor Netty, put together as Spring Boot would. */
final class ReactiveApplication {
  private final DisposableServer server;

  ReactiveApplication() {
    this(Beans.class);
  }

  ReactiveApplication(Class<?> beans) {
    var spring = new AnnotationConfigApplicationContext(beans);
    var handler = WebHttpHandlerBuilder.applicationContext(spring).build();
    server =
        HttpServer.create()
            .host("localhost")
            .port(0)
            .handle(new ReactorHttpHandlerAdapter(handler))
            .bindNow(Duration.ofSeconds(30));
  }

  int port() {
    return server.port();
  }

  void stop() {
    server.disposeNow(Duration.ofSeconds(10));
  }

  @Configuration
  @EnableWebFlux
  static class Beans {

    @Bean
    ReactiveController controller() {
      return new ReactiveController();
    }

    @Bean
    RouterFunction<ServerResponse> functions() {
      return RouterFunctions.route()
          .GET(
              "/functions/{name}",
              request -> ServerResponse.ok().bodyValue(ReactiveController.where()))
          .build();
    }
  }
}
