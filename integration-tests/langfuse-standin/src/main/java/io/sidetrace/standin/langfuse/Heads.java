package io.sidetrace.standin.langfuse;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;

/** What the method and headers of a request must be. */
final class Heads {
  private Heads() {}

  /**
   * @return the status to refuse with; 0 if all is well
   */
  static int refusal(HttpExchange exchange, Consumer<String> problems) {
    Headers headers = exchange.getRequestHeaders();
    if (!exchange.getRequestMethod().equals("POST")) {
      return refuse(405, "method " + exchange.getRequestMethod(), problems);
    }
    if (!("Basic " + keys()).equals(headers.getFirst("Authorization"))) {
      return 401; // a test may want this, so it is no problem
    }
    String encoding = headers.getFirst("Content-Encoding");
    String sdk = headers.getFirst("x-langfuse-sdk-name");
    if (!is(headers, "Content-Type", "application/x-protobuf")
        || !(encoding == null || encoding.equals("gzip"))
        || !is(headers, "x-langfuse-ingestion-version", "4")
        || sdk == null
        || sdk.startsWith("langfuse")
        || headers.getFirst("x-langfuse-sdk-version") == null) {
      return refuse(400, "headers " + headers.entrySet(), problems);
    }
    return 0;
  }

  private static boolean is(Headers headers, String name, String value) {
    return value.equals(headers.getFirst(name));
  }

  private static int refuse(int status, String why, Consumer<String> problems) {
    problems.accept(why);
    return status;
  }

  private static String keys() {
    String keys = LangfuseStandIn.PUBLIC_KEY + ":" + LangfuseStandIn.SECRET_KEY;
    return Base64.getEncoder().encodeToString(keys.getBytes(StandardCharsets.UTF_8));
  }
}
