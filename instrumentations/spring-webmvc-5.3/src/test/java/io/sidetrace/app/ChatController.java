package io.sidetrace.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sidetrace.agent.api.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** A user's controller: each method answers in another of Spring's ways. */
@RestController
public class ChatController {

  @GetMapping("/chats/{id}")
  public String complete(@PathVariable("id") String id) {
    return where();
  }

  @GetMapping("/fail")
  public String fail() {
    throw new IllegalStateException("boom");
  }

  @GetMapping("/handled")
  public String handled() {
    throw new UnsupportedOperationException("not yet");
  }

  @GetMapping("/status")
  public String status() {
    throw new ResponseStatusException(HttpStatus.CONFLICT, "twice");
  }

  @ExceptionHandler
  @ResponseStatus(HttpStatus.NOT_IMPLEMENTED)
  public String handle(UnsupportedOperationException e) {
    return "sorry";
  }

  @GetMapping("/callable")
  public Callable<String> callable() {
    return ChatController::where;
  }

  @GetMapping("/task")
  public WebAsyncTask<String> task() {
    return new WebAsyncTask<>(ChatController::where);
  }

  @GetMapping("/callable-fails")
  public Callable<String> callableFails() {
    return () -> {
      throw new UnsupportedOperationException("later");
    };
  }

  @GetMapping(path = "/stream", produces = MediaType.TEXT_PLAIN_VALUE)
  public StreamingResponseBody stream() {
    return out -> out.write(where().getBytes(UTF_8));
  }

  @GetMapping("/deferred")
  public DeferredResult<String> deferred() {
    var result = new DeferredResult<String>();
    new Thread(() -> result.setResult("deferred")).start();
    return result;
  }

  @GetMapping("/future")
  public CompletableFuture<String> future() {
    return CompletableFuture.supplyAsync(() -> "future");
  }

  @GetMapping(path = "/emitter", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  public SseEmitter emitter() {
    var emitter = new SseEmitter();
    Runnable emit =
        () -> {
          try {
            emitter.send("one");
            emitter.send("two");
            emitter.complete();
          } catch (Exception e) {
            emitter.completeWithError(e);
          }
        };
    new Thread(emit).start();
    return emitter;
  }

  @GetMapping("/error-page")
  public String errorPage(HttpServletRequest request) {
    return "an error page";
  }

  static String where() {
    Context context = Context.current();
    return context == null ? "nowhere" : context.traceparent();
  }
}
