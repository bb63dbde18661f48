package io.sidetrace.instrumentation.httpurlconnection;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.ResponseStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/** What is known of one connection's call. Refers to the connection weakly if at all. */
final class Exchange {
  private final ClientCall call;
  private volatile @Nullable Thread worker;
  private boolean requestSeen;
  private boolean responseSeen;
  private WeakReference<InputStream> body = new WeakReference<>(null);

  Exchange(ClientCall call) {
    this.call = call;
  }

  ClientCall call() {
    return call;
  }

  /**
   * @return false inside another method of the same connection
   */
  boolean enter() {
    if (worker == Thread.currentThread()) {
      return false;
    }
    worker = Thread.currentThread();
    return true;
  }

  void exit() {
    worker = null;
  }

  void requestHead(HttpURLConnection connection) {
    if (!requestSeen) {
      requestSeen = true;
      call.requestHead(
          connection.getRequestProperty("Content-Type"),
          connection.getRequestProperty("Content-Encoding"),
          -1);
    }
  }

  /**
   * Called before {@link #exit}, since all that tells of an answer asks for its stream.
   *
   * @return whether there is an answer; one of 400 and above is one too, though it was thrown
   */
  boolean responseHead(HttpURLConnection connection) {
    if (!responseSeen) {
      int status = status(connection);
      if (status < 0) {
        return false;
      }
      responseSeen = true;
      call.responseHead(
          status,
          connection.getContentType(),
          connection.getContentEncoding(),
          connection.getContentLengthLong());
    }
    return true;
  }

  private static int status(HttpURLConnection connection) {
    try {
      return connection.getResponseCode();
    } catch (IOException | RuntimeException failedBefore) {
      return -1; // there is none: what the connection threw was not about a status
    }
  }

  /** The same for the same body, as the connection has it. */
  InputStream tee(InputStream stream, HttpURLConnection connection) {
    InputStream known = body.get();
    if (known == null) {
      known = new ResponseStream(stream, call, connection);
      body = new WeakReference<>(known);
    }
    return known;
  }

  void withoutBody() {
    if (responseSeen) {
      call.end();
    }
  }
}
