package io.sidetrace.instrumentation.jetty;

import java.lang.reflect.Method;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * The core's request under a servlet channel. There is a class of channels for each servlet API,
 * and an application has one or two of them, so they are asked by name.
 */
final class ServletChannels {
  private static final ClassValue<Method> GETTERS =
      new ClassValue<>() {
        @Override
        protected Method computeValue(Class<?> channel) {
          boolean nested = channel.getPackageName().endsWith(".nested"); // servlets 4 and 5
          try {
            return channel.getMethod(nested ? "getCoreRequest" : "getRequest");
          } catch (NoSuchMethodException e) {
            throw new IllegalStateException("a Jetty that is not known: " + channel, e);
          }
        }
      };

  private ServletChannels() {}

  static @Nullable Request request(Object channel) {
    try {
      return (Request) GETTERS.get(channel.getClass()).invoke(channel);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no request in " + channel, e);
    }
  }
}
