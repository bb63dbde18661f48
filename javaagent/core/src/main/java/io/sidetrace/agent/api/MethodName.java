package io.sidetrace.agent.api;

import java.lang.reflect.Method;

/**
 * Names the span of a method's call, {@code ChatController.complete}. The drainer puts the text
 * together, so the application's thread need not.
 *
 * @param owner the class as it was written, without a proxy's
 */
public record MethodName(Class<?> owner, Method method) {

  @Override
  public String toString() {
    return owner.getSimpleName() + '.' + method.getName();
  }
}
