package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.FrameworkContract;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/** Spring WebFlux, put together as Spring Boot would, for any server. */
@Configuration
@EnableWebFlux
class ReactiveApplication {

  static HttpHandler handler() {
    var spring = new AnnotationConfigApplicationContext(ReactiveApplication.class);
    return WebHttpHandlerBuilder.applicationContext(spring).build();
  }

  @Bean
  ContractController contractController() {
    return new ContractController();
  }

  @Bean
  ReactiveController reactiveController() {
    return new ReactiveController();
  }

  @Bean
  RouterFunction<ServerResponse> functions() {
    return RouterFunctions.route()
        .GET(
            "/functions/{name}",
            request -> ServerResponse.ok().bodyValue(FrameworkContract.where()))
        .build();
  }
}
