package io.sidetrace.app;

import static io.sidetrace.instrumentation.testing.FrameworkContract.ask;
import static io.sidetrace.instrumentation.testing.FrameworkContract.where;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sidetrace.instrumentation.testing.FrameworkContract;
import java.util.concurrent.Callable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** What the contract of frameworks asks for. */
@RestController
public class ContractController {

  @Configuration
  @EnableWebMvc
  static class Beans {

    @Bean
    ContractController controller() {
      return new ContractController();
    }
  }

  @GetMapping(path = "/chats/{id}", produces = MediaType.TEXT_PLAIN_VALUE)
  public String chats(@PathVariable("id") String id) {
    return ask();
  }

  @GetMapping(path = "/later/{id}", produces = MediaType.TEXT_PLAIN_VALUE)
  public Callable<String> later(@PathVariable("id") String id) {
    return FrameworkContract::ask;
  }

  /** Spring sends the type of such a body if it is told so here. */
  @GetMapping("/stream/{id}")
  public ResponseEntity<StreamingResponseBody> stream(@PathVariable("id") String id) {
    StreamingResponseBody body =
        out -> {
          out.write("one ".getBytes(UTF_8));
          out.flush();
          out.write(ask().getBytes(UTF_8));
          out.flush();
          out.write(" three".getBytes(UTF_8));
        };
    return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body(body);
  }

  @GetMapping("/fail/{id}")
  public String fail(@PathVariable("id") String id) {
    throw new IllegalStateException("boom");
  }

  @GetMapping("/health")
  public String health() {
    return where();
  }

  @GetMapping("/error-page")
  public String errorPage() {
    return "an error page";
  }
}
