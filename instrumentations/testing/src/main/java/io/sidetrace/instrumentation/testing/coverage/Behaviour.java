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
  ASYNC(
      Side.CLIENT,
      "async",
      "what follows an asynchronous call, and hears of its body, runs in the caller's context"),
  PARALLEL(Side.CLIENT, "parallel", "sixteen calls at once keep their bytes and parents apart"),
  CONTEXT(Side.CLIENT, "context", "child of its request; `traceparent` sent; context restored"),
  REFUSED(Side.CLIENT, "refused", "an error answer is given on and recorded"),
  REDIRECT(Side.CLIENT, "redirect", "redirects are followed as without us, one call in the trace"),
  CLOSED(Side.CLIENT, "close", "closed early or unread, the call ends with what was read"),
  CANCEL(Side.CLIENT, "cancel", "cancelled before or during the answer, as without us"),
  FAILURE(Side.CLIENT, "failure", "no connection, or one that breaks off: fails as without us"),
  TIMEOUT(Side.CLIENT, "timeout", "times out as without us"),
  KEYS(Side.CLIENT, "keys", "no key in the event"),
  CLIENT_LOAD(
      Side.CLIENT,
      "load",
      "two thousand calls on sixteen threads: every body and event whole, no thread or context left"),
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
  SERVER_LOAD(
      Side.SERVER,
      "load",
      "two thousand requests on sixteen connections: every answer and event whole, no thread left"),
  SERVER_OFF(Side.SERVER, "off", "switched off, nothing is recorded"),

  ROUTE(Side.FRAMEWORK, "route", "the route names the root; an LLM call is inside"),
  ROUTE_LATER(Side.FRAMEWORK, "later", "likewise if another thread calls and answers"),
  ROUTE_STREAM(Side.FRAMEWORK, "stream", "likewise in the midst of a stream, which is kept"),
  ROUTE_FAILED(Side.FRAMEWORK, "failure", "an exception of a handler is the root's error"),
  NO_ROUTE(Side.FRAMEWORK, "no route", "a path that no handler serves is a root by its path"),
  ROUTES(Side.FRAMEWORK, "parallel", "thirty requests at once keep apart and leave no context"),

  HOP(Side.THREADS, "call", "an LLM call after the hop stays in its request"),
  HOP_LEFT(Side.THREADS, "left", "threads are left without a context"),
  HOP_FAILED(Side.THREADS, "failure", "likewise by work that throws"),
  HOPS(Side.THREADS, "turns", "requests that take turns on the same threads keep apart"),

  JOB(Side.JOB, "root", "a job that calls an LLM is the root of a trace"),
  JOB_SENDER(Side.JOB, "sender", "a message's `traceparent` makes the root a child of its sender"),
  JOB_BATCH(Side.JOB, "batch", "a batch of messages is one root"),
  JOB_FAILED(Side.JOB, "failure", "an exception is the root's error"),
  JOB_SILENT(Side.JOB, "silent", "a job that calls no LLM is not recorded"),

  SDK_PLAIN(
      Side.SDK, "plain", "a call returns what it returns without us and is recorded once, whole"),
  SDK_STREAM(Side.SDK, "stream", "likewise if the answer is streamed"),
  SDK_TOOLS(Side.SDK, "tools", "likewise with tools offered and a tool asked for"),
  SDK_ERROR(Side.SDK, "error", "a refusal fails as without us and is recorded"),
  SDK_ASYNC(Side.SDK, "async", "the asynchronous API keeps the caller as parent"),
  SDK_EMBEDDINGS(Side.SDK, "embeddings", "an embedding is recorded once, whole");

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
