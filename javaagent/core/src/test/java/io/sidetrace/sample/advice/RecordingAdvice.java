package io.sidetrace.sample.advice;

import io.sidetrace.sample.Seen;

/** Writes down what it sees. */
public final class RecordingAdvice {

  private RecordingAdvice() {}

  public static Object enter(Object self, Object argument) {
    Seen.add("enter " + argument);
    return "token";
  }

  public static Object enterStatic(Object first, double second, long third) {
    Seen.add("enter " + first + " " + second + " " + third);
    return "token";
  }

  public static Object enterFew() {
    Seen.add("enter");
    return "token";
  }

  public static void exitVoid(Object token, Throwable thrown) {
    Seen.add("exit " + token + " " + thrown);
  }

  public static Object exit(String token, Object result, Throwable thrown) {
    Seen.add("exit " + token + " " + result + " " + thrown);
    return result;
  }

  public static void exitObserving(Object token, String result) {
    Seen.add("exit " + token + " " + result);
  }

  public static Object enterOuter() {
    Seen.add("enter outer");
    return "outer";
  }
}
