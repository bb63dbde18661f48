package io.sidetrace.instrumentation.httpurlconnection;

import io.sidetrace.agent.api.Attachments;
import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Outgoing;
import io.sidetrace.agent.api.RequestStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/** Around the methods of a connection, which call each other while one of them works. */
public final class ConnectionAdvice {
  private static final Attachments<HttpURLConnection, Exchange> EXCHANGES = new Attachments<>();

  /** Those that a client above sends its calls by, which may read the answers outside of them. */
  private static final Attachments<HttpURLConnection, Boolean> BELOW = new Attachments<>();

  private ConnectionAdvice() {}

  /** The outermost of a connection's methods at work. */
  record Working(Exchange exchange, HttpURLConnection connection) {}

  public static @Nullable Working enter(HttpURLConnection connection) {
    return work(connection, connection.getRequestMethod());
  }

  /** As the JDK does: who writes to a GET means POST. */
  public static @Nullable Working enterOutput(HttpURLConnection connection) {
    String method = connection.getRequestMethod();
    return work(connection, method.equals("GET") ? "POST" : method);
  }

  private static @Nullable Working work(HttpURLConnection connection, String method) {
    Exchange exchange = EXCHANGES.get(connection);
    if (exchange == null) {
      exchange = begin(connection, method);
    }
    return exchange == null || !exchange.enter() ? null : new Working(exchange, connection);
  }

  private static @Nullable Exchange begin(HttpURLConnection connection, String method) {
    if (BELOW.get(connection) != null) {
      return null;
    }
    Outgoing out =
        Outgoing.begin("HttpURLConnection", method, () -> connection.getURL().toString());
    String traceparent = out == null ? null : out.traceparent();
    if (traceparent != null && connection.getRequestProperty(Outgoing.TRACEPARENT) == null) {
      propagate(connection, traceparent);
    }
    ClientCall call = out == null ? null : out.call();
    if (call == null) {
      if (out != null && !ClientCall.mayBegin(out.caller(), "POST")) {
        BELOW.put(connection, true);
      }
      return null;
    }
    Exchange exchange = new Exchange(call);
    EXCHANGES.put(connection, exchange);
    call.endWhenUnreachable(connection);
    return exchange;
  }

  private static void propagate(HttpURLConnection connection, String traceparent) {
    try {
      connection.setRequestProperty(Outgoing.TRACEPARENT, traceparent);
    } catch (IllegalStateException connected) {
      // outside the trace, or by a method that is not woven: its head has gone
    }
  }

  public static void connected(@Nullable Working working, @Nullable Throwable thrown) {
    if (working != null) {
      working.exchange.exit();
      failed(working, thrown);
    }
  }

  public static @Nullable OutputStream output(
      @Nullable Working working, @Nullable OutputStream body, @Nullable Throwable thrown) {
    if (working == null) {
      return body;
    }
    working.exchange.requestHead(working.connection);
    working.exchange.exit();
    failed(working, thrown);
    return body == null ? null : new RequestStream(body, working.exchange.call());
  }

  public static @Nullable InputStream input(
      @Nullable Working working, @Nullable InputStream body, @Nullable Throwable thrown) {
    if (working == null) {
      return body;
    }
    boolean answered = working.exchange.responseHead(working.connection);
    working.exchange.exit();
    if (!answered) {
      failed(working, thrown);
    }
    return body == null ? null : working.exchange.tee(body, working.connection);
  }

  private static void failed(Working working, @Nullable Throwable thrown) {
    if (thrown != null) {
      working.exchange.call().end(thrown);
    }
  }

  public static @Nullable Working known(HttpURLConnection connection) {
    Exchange exchange = EXCHANGES.get(connection);
    return exchange == null ? null : new Working(exchange, connection);
  }

  public static @Nullable InputStream errors(
      @Nullable Working working, @Nullable InputStream body) {
    if (working == null) {
      return body;
    }
    if (body == null) {
      working.exchange.withoutBody();
      return null;
    }
    return working.exchange.tee(body, working.connection);
  }

  /** Before the connection is closed, since that fails whoever reads from it. */
  public static void disconnect(HttpURLConnection connection) {
    Exchange exchange = EXCHANGES.get(connection);
    if (exchange != null) {
      exchange.call().closedEarly();
    }
  }
}
