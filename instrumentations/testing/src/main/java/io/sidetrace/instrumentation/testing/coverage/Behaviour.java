package io.sidetrace.instrumentation.testing.coverage;

/** A column of the table: what a contract promises, in one or several of its tests. */
public enum Behaviour {
  WHOLE(
      Side.CLIENT,
      "whole",
      "both bodies as they passed: short, empty, none, longer than the bound"),
  GUEST(Side.CLIENT, "guest", "server and application see what they see without us"),
  STREAM(
      Side.CLIENT, "stream", "chunks are delivered as they come; place and time of each are noted"),
  ENCODED(Side.CLIENT, "gzip", "gzip and deflate are captured as the application reads them"),
  ONE_SHOT(Side.CLIENT, "one-shot", "a body that can be read once is sent once and captured"),
  HTTP_2(Side.CLIENT, "HTTP/2", "captured over HTTP/2"),
  ASYNC(Side.CLIENT, "async", "what follows an asynchronous call runs in the caller's context"),
  PARALLEL(Side.CLIENT, "parallel", "sixteen calls at once keep their bytes and parents apart"),
  CONTEXT(Side.CLIENT, "context", "child of its request; `traceparent` sent; context restored"),
  REFUSED(Side.CLIENT, "refused", "an error answer is given on and recorded"),
  REDIRECT(Side.CLIENT, "redirect", "redirects are followed as without us, one call in the trace"),
  CLOSED(Side.CLIENT, "close", "closed early or unread, the call ends with what was read"),
  CANCEL(Side.CLIENT, "cancel", "cancelled before or during the answer, as without us"),
  FAILURE(Side.CLIENT, "failure", "no connection, or one that breaks off: fails as without us"),
  TIMEOUT(Side.CLIENT, "timeout", "times out as without us"),
  KEYS(Side.CLIENT, "keys", "no key in the event"),
  CLIENT_OFF(Side.CLIENT, "off", "switched off, and for other calls, it does nothing"),

  SERVED(Side.SERVER, "whole", "both bodies, method, status, query without keys"),
  BODIES(Side.SERVER, "bodies", "binary, untyped, large, gzip and chunked bodies, and none"),
  BYTES(Side.SERVER, "guest", "the client gets byte for byte what it gets without us"),
  STREAMED(Side.SERVER, "stream", "a stream reaches the client as it is written"),
  UNREAD(Side.SERVER, "unread", "what the application does not read is not read"),
  LATER(Side.SERVER, "later", "an answer from another thread is awaited"),
  FAILED(Side.SERVER, "failure", "an exception, before or during the answer, is the root's error"),
  LEFT(Side.SERVER, "left", "a client that leaves is a warning"),
  IN_CONTEXT(Side.SERVER, "context", "handlers run inside it; `traceparent` makes a child"),
  HEADERS(Side.SERVER, "headers", "user, session and request id; no other header"),
  IGNORED(Side.SERVER, "ignored", "ignored paths leave no event and inherit no context"),
  CONNECTION(Side.SERVER, "connection", "requests on one connection, pipelined too, keep apart"),
  REQUESTS(Side.SERVER, "parallel", "two hundred requests on eight threads keep apart"),
  SERVER_OFF(Side.SERVER, "off", "switched off, nothing is recorded");

  /** Clients and servers have a table each. */
  enum Side {
    CLIENT,
    SERVER
  }

  private final Side side;
  private final String title;
  private final String meaning;

  Behaviour(Side side, String title, String meaning) {
    this.side = side;
    this.title = title;
    this.meaning = meaning;
  }

  Side side() {
    return side;
  }

  String title() {
    return title;
  }

  String meaning() {
    return meaning;
  }
}
