package io.sidetrace.app;

import static io.sidetrace.instrumentation.testing.FrameworkContract.where;

import io.sidetrace.instrumentation.testing.FrameworkContract;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** What applications do with Reactor; each answers with the context it found. */
@RestController
class ReactiveController {

  @PostMapping("/echo")
  Mono<String> echo(@RequestBody String body) {
    return Mono.just(body);
  }

  @PostMapping("/context-after-body")
  Mono<String> afterBody(@RequestBody Mono<String> body) {
    return body.map(text -> where());
  }

  @GetMapping("/elastic")
  Mono<String> elastic() {
    return Mono.fromCallable(FrameworkContract::where).subscribeOn(Schedulers.boundedElastic());
  }

  @GetMapping("/published")
  Mono<String> published() {
    return Mono.just(1).publishOn(Schedulers.parallel()).map(one -> where());
  }

  @GetMapping("/delayed")
  Mono<String> delayed() {
    return Mono.delay(Duration.ofMillis(1)).flatMap(tick -> Mono.fromSupplier(() -> where()));
  }

  /**
   * The delay ends on the thread where it began: up to Reactor 3.5.8 the element may be lost
   * otherwise, https://github.com/reactor/reactor-core/issues/3537.
   */
  @GetMapping("/chain")
  Mono<String> chain() {
    return Mono.fromCallable(() -> 1)
        .subscribeOn(Schedulers.single())
        .delayElement(Duration.ofMillis(1), Schedulers.single())
        .publishOn(Schedulers.boundedElastic())
        .flatMap(one -> Mono.fromFuture(CompletableFuture.supplyAsync(() -> where())));
  }

  /** So long that the server asks for more when it has written what it had. */
  @GetMapping(path = "/long", produces = MediaType.TEXT_PLAIN_VALUE)
  Flux<String> longAnswer() {
    return Flux.concat(
        Mono.just(""),
        Flux.range(1, 999)
            .publishOn(Schedulers.boundedElastic())
            .map(piece -> piece == 999 ? where() : ""));
  }

  @GetMapping(path = "/tokens", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  Flux<String> tokens() {
    return Flux.concat(Mono.just("a"), Flux.just("b", "c").delayElements(Duration.ofMillis(1)));
  }

  @GetMapping(path = "/endless", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  Flux<String> endless() {
    return Flux.generate(sink -> sink.next("again and again"));
  }

  @GetMapping("/fail")
  Mono<String> fail() {
    return Mono.error(new IllegalStateException("boom"));
  }

  @GetMapping("/fail-elsewhere")
  Mono<String> failElsewhere() {
    return Mono.<String>fromCallable(
            () -> {
              throw new IllegalStateException("boom");
            })
        .subscribeOn(Schedulers.boundedElastic());
  }
}
