package io.sidetrace.instrumentation.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, as a server library hands them to the {@link ContractApplication}.
 */
public interface ServedExchange {

  /** Without the query. */
  String path();

  @Nullable String header(String name);

  InputStream requestBody() throws IOException;

  /**
   * Begins the answer.
   *
   * @param length of the body; -1: unknown, sent in chunks
   */
  OutputStream respond(int status, Map<String, String> headers, long length) throws IOException;

  /** Lets the handler return now and completes the exchange after the work, on another thread. */
  void later(Work work);

  /** What is left to do of an exchange. */
  @FunctionalInterface
  interface Work {
    void run() throws Exception;
  }
}
