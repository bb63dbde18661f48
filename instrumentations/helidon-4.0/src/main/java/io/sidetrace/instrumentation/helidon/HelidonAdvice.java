package io.sidetrace.instrumentation.helidon;

import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.ServerCall;
import io.sidetrace.agent.api.ServerFailures;
import org.jspecify.annotations.Nullable;

/**
 * What runs at the methods that {@link HelidonInstrumentation} names. A request has one virtual
 * thread from its head to the end of its answer, so the thread's context tells whose bytes pass.
 */
public final class HelidonAdvice {

  private HelidonAdvice() {}

  public static @Nullable HelidonCall enterRoute(
      Object routing, Object connection, Object request, Object response) {
    HelidonCall call = HelidonCall.begin(request, response);
    return call != null && call.enter() ? call : null;
  }

  public static void exitRoute(@Nullable HelidonCall call, @Nullable Throwable thrown) {
    if (call != null) {
      call.over(thrown);
    }
  }

  /** No handler of the application's took it. */
  public static void enterError(
      Object handlers, Object connection, Object request, Object response, Throwable thrown) {
    ServerCall call = call();
    if (call == null) {
      return;
    }
    if (ServerFailures.ofClient(thrown)) {
      call.clientGone(thrown);
    } else if (!Helidon.isStatus(thrown)) {
      call.error(thrown);
    }
  }

  public static void exitRead(
      @Nullable Object token, @Nullable Object buffer, @Nullable Throwable thrown) {
    ServerCall call = call();
    if (call != null && buffer != null) {
      byte[] bytes = Helidon.bytes(buffer);
      call.requestBytes(bytes, 0, bytes.length);
    }
  }

  /** The application is about to stream its answer. */
  public static void enterHead(Object response) {
    ServerCall call = call();
    if (call != null && call.wantsResponseHead()) {
      Helidon.responseHead(call, response);
    }
  }

  /** Later versions come to {@link #enterPart} from here. */
  public static void enterWhole(Object response, byte[] bytes) {
    if (!Helidon.sendsParts(response)) {
      enterPart(response, bytes, 0, bytes.length);
    }
  }

  public static void enterPart(Object response, byte[] bytes, int offset, int length) {
    enterHead(response);
    enterSome(response, bytes, offset, length);
  }

  public static void enterByte(Object stream, int one) {
    enterBytes(stream, new byte[] {(byte) one});
  }

  public static void enterBytes(Object stream, byte[] bytes) {
    enterSome(stream, bytes, 0, bytes.length);
  }

  public static void enterSome(Object stream, byte[] bytes, int offset, int length) {
    ServerCall call = call();
    if (call != null) {
      call.responseBytes(bytes, offset, length);
    }
  }

  private static @Nullable ServerCall call() {
    Context context = Context.current();
    return context == null ? null : context.serverCall();
  }
}
