package io.sidetrace.instrumentation.helidon;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** A public method of one of Helidon's public types. */
final class Call {
  private final Method method;

  private Call(Method method) {
    this.method = method;
  }

  /**
   * @param parameters classes, or the names of Helidon's
   */
  static Call of(String type, String name, Object... parameters) {
    Call found = ifAny(type, name, parameters);
    if (found == null) {
      throw new IllegalStateException("a Helidon that is not known: no " + name + " in " + type);
    }
    return found;
  }

  /** Null if this version has no such method. */
  static @Nullable Call ifAny(String type, String name, Object... parameters) {
    var types = new Class<?>[parameters.length];
    for (int i = 0; i < types.length; i++) {
      types[i] = parameters[i] instanceof Class<?> known ? known : type((String) parameters[i]);
    }
    try {
      return new Call(type(type).getMethod(name, types));
    } catch (NoSuchMethodException e) {
      return null;
    }
  }

  static Class<?> type(String name) {
    try {
      return Class.forName(name, false, Call.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("a Helidon that is not known: no " + name, e);
    }
  }

  /** For {@code (Object, int) int}, where it is called for each byte. */
  MethodHandle handle() {
    try {
      return MethodHandles.publicLookup()
          .unreflect(method)
          .asType(MethodType.methodType(int.class, Object.class, int.class));
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(method.toString(), e);
    }
  }

  /**
   * @param target null for a static method
   */
  Object on(@Nullable Object target, Object... arguments) {
    try {
      return method.invoke(target, arguments);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException(method + " of " + target, e);
    }
  }
}
