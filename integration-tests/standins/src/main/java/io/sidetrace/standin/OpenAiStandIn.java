package io.sidetrace.standin;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands in for the OpenAI API on a loopback port: chat completions, responses and embeddings,
 * plain and streamed. The same question always gets the same answer.
 *
 * <p>The model's name can ask for trouble: {@code fail-429} and the like answer with that status
 * and OpenAI's error body; {@code cut-stream} breaks the connection in the middle of a stream.
 */
public final class OpenAiStandIn implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads;

  private OpenAiStandIn(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /** Listens when this returns. */
  public static OpenAiStandIn start(StandInOptions options) {
    // Nagle's algorithm would hold small chunks back for 40 ms; idle connections are many under
    // load.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
    HttpServer server = create(options.port());
    ExecutorService threads =
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "openai-stand-in");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
    server.createContext("/v1/chat/completions", new Answering(new ChatCompletions(), options));
    server.createContext("/v1/responses", new Answering(new Responses(), options));
    server.createContext("/v1/embeddings", new Answering(new Embeddings(), options));
    server.start();
    return new OpenAiStandIn(server, threads);
  }

  private static HttpServer create(int port) {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on port " + port, e);
    }
  }

  /** What a client takes as its base URL, {@code /v1} included. */
  public URI baseUrl() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
  }

  /** Breaks off what is under way. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Runs until killed; prints the base URL on a line of its own when it listens. */
  public static void main(String[] args) {
    StandInOptions options;
    try {
      options = StandInOptions.parse(args);
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    System.out.println(start(options).baseUrl());
  }
}
