package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ContractServer;
import java.time.Duration;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import reactor.netty.DisposableServer;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;

class SpringWebFluxNettyTest extends SpringWebFluxTest {

  SpringWebFluxNettyTest() {
    super("Reactor Netty");
  }

  @Override
  ContractServer start(HttpHandler application) {
    DisposableServer server =
        HttpServer.create()
            .host("localhost")
            .port(0)
            .protocol(HttpProtocol.HTTP11, HttpProtocol.H2C)
            .handle(new ReactorHttpHandlerAdapter(application))
            .bindNow(Duration.ofSeconds(30));
    return new ContractServer(server.port(), () -> server.disposeNow(Duration.ofSeconds(10)));
  }
}
