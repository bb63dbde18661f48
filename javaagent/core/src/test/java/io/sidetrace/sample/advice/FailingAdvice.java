package io.sidetrace.sample.advice;

import io.sidetrace.sample.Seen;

/** Fails wherever it is called. */
@SuppressWarnings("DoNotCallSuggester")
public final class FailingAdvice {

  private FailingAdvice() {}

  public static Object enter() {
    throw new IllegalStateException("enter fails");
  }

  public static Object enterWell() {
    return "token";
  }

  public static void exit(Object token) {
    Seen.add("exit " + token);
    throw new NoClassDefFoundError("exit fails");
  }

  public static void exitWell(Object token) {
    Seen.add("exit " + token);
  }

  public static String replace(Object token, String argument) {
    throw new ClassCastException("replace fails");
  }

  public static Object tooManyParameters(Object self, Object argument, Object third) {
    return "token";
  }

  public static Object overflow() {
    return overflow2() + "";
  }

  private static Object overflow2() {
    return overflow();
  }
}
