package io.sidetrace.instrumentation.javalin;

import java.lang.reflect.Field;
import java.lang.reflect.Method;

/** A property that Javalin 6 has behind a getter and Javalin 7 as a field. */
final class Property extends ClassValue<Property.Reader> {
  private final String name;

  Property(String name) {
    this.name = name;
  }

  /** Reads the property of one class. */
  interface Reader {
    Object of(Object owner) throws ReflectiveOperationException;
  }

  Object of(Object owner) {
    try {
      return get(owner.getClass()).of(owner);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no " + name + " in " + owner, e);
    }
  }

  @Override
  protected Reader computeValue(Class<?> type) {
    String getter = "get" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    try {
      Method method = type.getMethod(getter);
      return method::invoke;
    } catch (NoSuchMethodException e) {
      return field(type);
    }
  }

  private Reader field(Class<?> type) {
    try {
      Field field = type.getField(name);
      return field::get;
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("a Javalin that is not known: " + type, e);
    }
  }
}
