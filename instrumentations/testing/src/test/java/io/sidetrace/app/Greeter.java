package io.sidetrace.app;

/** A library to be woven. */
public final class Greeter {

  public String greet(String name) {
    return "Hello " + name;
  }

  public String fail(String name) {
    throw new IllegalStateException(name);
  }
}
