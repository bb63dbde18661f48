package io.sidetrace.instrumentation.testing;

import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A client library, called as its users call it. */
public interface Caller {

  /**
   * @param body null: none
   * @param oneShot the body's length is unknown to the library, and it can be read once
   * @param timeout for the whole call, or as near to that as the library comes; null: none
   */
  record Outgoing(
      String method,
      URI uri,
      Map<String, String> headers,
      byte @Nullable [] body,
      boolean oneShot,
      boolean http2,
      @Nullable Duration timeout) {

    public static Outgoing post(URI uri, byte[] body) {
      return new Outgoing(
          "POST", uri, Map.of("Content-Type", "application/json"), body, false, false, null);
    }

    public Outgoing headers(Map<String, String> more) {
      return new Outgoing(method, uri, more, body, oneShot, http2, timeout);
    }

    public Outgoing asOneShot() {
      return new Outgoing(method, uri, headers, body, true, http2, timeout);
    }

    public Outgoing overHttp2() {
      return new Outgoing(method, uri, headers, body, oneShot, true, timeout);
    }

    public Outgoing within(Duration limit) {
      return new Outgoing(method, uri, headers, body, oneShot, http2, limit);
    }

    public @Nullable String contentType() {
      return headers.get("Content-Type");
    }

    /** The body in the library's own type: of bytes, or of a stream that can be read once. */
    public <T> T content(
        Function<byte[], ? extends T> whole, Function<InputStream, ? extends T> once) {
      byte[] bytes = Objects.requireNonNull(body);
      return oneShot ? once.apply(new ByteArrayInputStream(bytes)) : whole.apply(bytes);
    }

    /** Tells the library of the timeout, if there is one. */
    public void ifTimed(Consumer<Duration> library) {
      if (timeout != null) {
        library.accept(timeout);
      }
    }
  }

  /** The library's own way to give a call up, from any thread. */
  @FunctionalInterface
  interface Cancel {
    void run() throws Exception;
  }

  /** An answer whose head has come. */
  interface Incoming {
    int status();

    /** The first value; null if there is none. */
    @Nullable String header(String name);

    /** What the library tells of the request it sent: method, URL, headers. */
    String request();

    /** Gives bytes as the library gives them. */
    InputStream body();

    /** The library's own way to give the answer up, from any thread. */
    void cancel() throws Exception;
  }

  /** Hears of a body, on the library's own thread. */
  interface Listener {
    void onChunk();

    /**
     * The last that the library says of a call; what it says again is not heard.
     *
     * @param failure null: the body was read to its end
     */
    void onEnd(@Nullable Throwable failure);

    /** For who gives a stream in its callback, which the application reads there. */
    default void read(InputStream body) {
      byte[] chunk = new byte[8]; // some streams wait until it is full
      try (body) {
        while (body.read(chunk) >= 0) {
          onChunk();
        }
        onEnd(null);
      } catch (IOException e) {
        onEnd(e);
      }
    }
  }

  /** The row of the coverage table. */
  Library library();

  /** As the event names it. */
  String name();

  /** Whether the library undoes this {@code Content-Encoding} before the application reads. */
  default boolean inflates(String encoding) {
    return false;
  }

  /** Where the library keeps less than the strict contract, each with its reason. */
  default Map<Limit, String> limits() {
    return Map.of();
  }

  /** Waits for the head of the answer. */
  Incoming call(Outgoing request) throws Exception;

  /**
   * What depends on the future runs on the library's thread; cancelling the future cancels the
   * call.
   */
  CompletableFuture<Incoming> callAsync(Outgoing request);

  /**
   * Has the listener told of the body where the library tells its users: inside its own callbacks,
   * with no queue, future or thread in between. Does not wait.
   */
  void listen(Outgoing request, Listener listener);
}
