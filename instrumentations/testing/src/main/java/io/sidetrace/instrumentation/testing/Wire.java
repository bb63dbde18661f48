package io.sidetrace.instrumentation.testing;

import java.io.IOException;

/** A connection to a server under test, in the words of HTTP/1.1 whatever it speaks. */
interface Wire extends AutoCloseable {

  /** One request or several, as HTTP/1.1 writes them. */
  void send(byte[] requests) throws IOException;

  /** What comes until {@code end} was seen. */
  String readUntil(String end) throws IOException;

  /** What comes until the server ends the connection, or the answer to the last request. */
  String readToEnd() throws IOException;

  /** Leaves without having read the answer: what a server sees of a client that is killed. */
  void abort() throws IOException;

  @Override
  void close() throws IOException;
}
