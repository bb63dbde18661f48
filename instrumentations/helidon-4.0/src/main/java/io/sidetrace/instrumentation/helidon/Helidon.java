package io.sidetrace.instrumentation.helidon;

import io.sidetrace.agent.api.ServerCall;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Helidon's types, called by name: its classes are of Java 21, and this is compiled for 17. */
final class Helidon {
  private static final String HTTP = "io.helidon.http.";
  private static final String SERVER = "io.helidon.webserver.http.";
  private static final String URI = "io.helidon.common.uri.";
  private static final String BUFFER = "io.helidon.common.buffers.BufferData";
  private static final Call PROLOGUE = Call.of(SERVER + "HttpRequest", "prologue");
  private static final Call METHOD = Call.of(HTTP + "HttpPrologue", "method");
  private static final Call METHOD_TEXT = Call.of(HTTP + "Method", "text");
  private static final Call PATH = Call.of(HTTP + "HttpPrologue", "uriPath");
  private static final Call RAW_PATH = Call.of(URI + "UriPath", "rawPath");
  private static final Call QUERY = Call.of(HTTP + "HttpPrologue", "query");
  private static final Call RAW_QUERY = Call.of(URI + "UriQuery", "rawValue");
  private static final Call REQUEST_HEADERS = Call.of(SERVER + "HttpRequest", "headers");
  private static final Call RESPONSE_HEADERS = Call.of(SERVER + "ServerResponse", "headers");
  private static final Call HEADER_NAME = Call.of(HTTP + "HeaderNames", "create", String.class);
  private static final Call FIRST = Call.of(HTTP + "Headers", "first", HTTP + "HeaderName");
  private static final Call STATUS = Call.of(SERVER + "ServerResponse", "status");
  private static final Call CODE = Call.of(HTTP + "Status", "code");
  private static final Call AVAILABLE = Call.of(BUFFER, "available");
  private static final MethodHandle GET = Call.of(BUFFER, "get", int.class).handle();
  private static final @Nullable Call PATTERN =
      Call.ifAny(SERVER + "ServerRequest", "matchingPattern");
  private static final Class<?> STATUS_EXCEPTION = Call.type(HTTP + "HttpException");
  private static final ClassValue<Boolean> PARTS =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> response) {
          return Arrays.stream(response.getDeclaredMethods())
              .anyMatch(
                  method ->
                      method.getName().equals("responseBuffer") && method.getParameterCount() == 3);
        }
      };

  private Helidon() {}

  static String method(Object request) {
    return (String) METHOD_TEXT.on(METHOD.on(PROLOGUE.on(request)));
  }

  static String target(Object request) {
    Object prologue = PROLOGUE.on(request);
    String path = (String) RAW_PATH.on(PATH.on(prologue));
    String query = (String) RAW_QUERY.on(QUERY.on(prologue));
    return query.isEmpty() ? path : path + '?' + query;
  }

  static @Nullable String requestHeader(Object request, String name) {
    return header(REQUEST_HEADERS.on(request), name);
  }

  /** Null before Helidon 4.2, which does not tell it. */
  static @Nullable String route(Object request) {
    return PATTERN == null ? null : (String) ((Optional<?>) PATTERN.on(request)).orElse(null);
  }

  static int status(Object response) {
    return (Integer) CODE.on(STATUS.on(response));
  }

  static void responseHead(ServerCall call, Object response) {
    Object headers = RESPONSE_HEADERS.on(response);
    call.responseHead(header(headers, "Content-Type"), header(headers, "Content-Encoding"), -1);
  }

  /** What the buffer holds, which stays there: {@code read} and {@code copy} would take it out. */
  static byte[] bytes(Object buffer) {
    var bytes = new byte[(Integer) AVAILABLE.on(buffer)];
    try {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (int) GET.invokeExact(buffer, i);
      }
    } catch (Throwable t) {
      throw new IllegalStateException("cannot look into " + buffer, t);
    }
    return bytes;
  }

  /** An exception that stands for an answer, such as 404. */
  static boolean isStatus(Throwable thrown) {
    return STATUS_EXCEPTION.isInstance(thrown);
  }

  static boolean sendsParts(Object response) {
    return PARTS.get(response.getClass());
  }

  private static @Nullable String header(Object headers, String name) {
    Object found = FIRST.on(headers, HEADER_NAME.on(null, name));
    return (String) ((Optional<?>) found).orElse(null);
  }
}
