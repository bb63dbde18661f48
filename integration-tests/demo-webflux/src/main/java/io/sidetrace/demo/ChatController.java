package io.sidetrace.demo;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClient.ResponseSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The chat service's web side, and its way to the model. */
@RestController
class ChatController {
  private final WebClient model;

  ChatController(
      WebClient.Builder client,
      @Value("${openai.base-url}") String baseUrl,
      @Value("${openai.api-key}") String apiKey) {
    model =
        client.baseUrl(baseUrl).defaultHeaders(headers -> headers.setBearerAuth(apiKey)).build();
  }

  @PostMapping("/v1/chat/completions")
  Mono<String> complete(@RequestBody ChatRequest request) {
    return ask(request, false)
        .bodyToMono(Completion.class)
        .map(completion -> completion.choices().get(0).message().content());
  }

  /** The model's server-sent events, each as it comes. */
  @PostMapping(path = "/v1/chat/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  Flux<String> stream(@RequestBody ChatRequest request) {
    return ask(request, true).bodyToFlux(String.class);
  }

  private ResponseSpec ask(ChatRequest request, boolean stream) {
    return model
        .post()
        .uri("/chat/completions")
        .bodyValue(new ModelRequest(request.model(), request.messages(), stream))
        .retrieve();
  }
}
