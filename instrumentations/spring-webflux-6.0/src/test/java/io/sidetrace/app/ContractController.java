package io.sidetrace.app;

import static io.sidetrace.instrumentation.testing.FrameworkContract.ask;
import static io.sidetrace.instrumentation.testing.FrameworkContract.where;

import io.sidetrace.instrumentation.testing.FrameworkContract;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * What the contract of frameworks asks for. A stream's first piece comes on the request's thread:
 * where another brings it, Spring may race with the server and the answer never end, see the
 * README.
 */
@RestController
class ContractController {

  @GetMapping(path = "/chats/{id}", produces = MediaType.TEXT_PLAIN_VALUE)
  Mono<String> chats(@PathVariable String id) {
    return Mono.fromSupplier(FrameworkContract::ask);
  }

  @GetMapping(path = "/later/{id}", produces = MediaType.TEXT_PLAIN_VALUE)
  Mono<String> later(@PathVariable String id) {
    return Mono.fromSupplier(FrameworkContract::ask).subscribeOn(Schedulers.boundedElastic());
  }

  @GetMapping(path = "/stream/{id}", produces = MediaType.TEXT_PLAIN_VALUE)
  Flux<String> stream(@PathVariable String id) {
    return Flux.concat(
        Mono.just("one "),
        Flux.just("", " three")
            .publishOn(Schedulers.boundedElastic())
            .map(piece -> piece.isEmpty() ? ask() : piece));
  }

  @GetMapping("/fail/{id}")
  Mono<String> fail(@PathVariable String id) {
    throw new IllegalStateException("boom");
  }

  @GetMapping("/health")
  Mono<String> health() {
    return Mono.fromSupplier(() -> where());
  }
}
