package io.sidetrace.instrumentation.testing;

/**
 * A running server that passes each request to a {@link ContractApplication}.
 *
 * @param port on the loopback address
 * @param stop ends it
 */
public record ContractServer(int port, Stop stop) {

  /** Ends a server. */
  @FunctionalInterface
  public interface Stop {
    void run() throws Exception;
  }
}
