package io.sidetrace.app;

import static io.sidetrace.instrumentation.testing.FrameworkContract.ask;
import static io.sidetrace.instrumentation.testing.FrameworkContract.where;

import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.sidetrace.instrumentation.testing.FrameworkContract;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

@Controller
@Produces(MediaType.TEXT_PLAIN)
class ChatController {

  @Get("/chats/{id}")
  @ExecuteOn(TaskExecutors.IO)
  String chats(String id) {
    return ask();
  }

  @Get("/later/{id}")
  CompletableFuture<String> later(String id) {
    return CompletableFuture.supplyAsync(FrameworkContract::ask);
  }

  @Get("/stream/{id}")
  Publisher<String> stream(String id) {
    return Flux.just("one ", "", " three")
        .publishOn(Schedulers.boundedElastic())
        .map(piece -> piece.isEmpty() ? ask() : piece);
  }

  @Get("/fail/{id}")
  String fail(String id) {
    throw new IllegalStateException("boom");
  }

  @Get("/health")
  String health() {
    return where();
  }
}
